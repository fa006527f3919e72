import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const releaseCommand = (program: Command, setExitCode: SetExitCode): void => {
  const release = addGlobalOptions(program.command('release'))
    .description('list, show, verify and compare releases')
    .addHelpText('after', exampleText('live-pool release list'));
  const sub = (name: string): Command => addGlobalOptions(release.command(name));
  sub('list')
    .description('list all releases, oldest first')
    .addHelpText('after', exampleText('live-pool release list --format json'))
    .action(onDemand(setExitCode, async () => (await import('../commands/release.js')).listAction));
  sub('show')
    .description('show the pool, dates, promotions, checksums and evidence of a release')
    .argument('<version>', 'version, as listed by release list')
    .addHelpText('after', exampleText('live-pool release show 2026-03-13-core_major'))
    .action(onDemand(setExitCode, async () => (await import('../commands/release.js')).showAction));
  sub('verify')
    .description('check a release in the bucket against the contract, its checksums and the ledger')
    .argument('<version>', 'version, as listed by release list')
    .addHelpText('after', exampleText('live-pool release verify 2026-03-13-core_major'))
    .action(
      onDemand(setExitCode, async () => (await import('../commands/release.js')).verifyAction),
    );
  sub('diff')
    .description('compare two releases')
    .argument('<from>', 'earlier version')
    .argument('[to]', 'later version (default: the current release)')
    .addHelpText(
      'after',
      exampleText(
        'live-pool release diff 2026-02-28-core_major',
        'live-pool release diff 2026-01-31-core_major 2026-02-28-core_major --format json',
      ),
    )
    .action(onDemand(setExitCode, async () => (await import('../commands/release.js')).diffAction));
};
