import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const releaseCommand = (program: Command, answer: SetExitCode): void => {
  const release = addGlobalOptions(program.command('release'))
    .description('look at releases')
    .addHelpText('after', exampleText('live-pool release list'));
  const sub = (name: string): Command => addGlobalOptions(release.command(name));
  sub('list')
    .description('all releases, oldest first')
    .addHelpText('after', exampleText('live-pool release list --format json'))
    .action(onDemand(answer, async () => (await import('../commands/release.js')).listAction));
  sub('show')
    .description('one release: its pool, dates, promotions, checksums and evidence')
    .argument('<version>', 'as release list names it')
    .addHelpText('after', exampleText('live-pool release show 2026-03-13-core_major'))
    .action(onDemand(answer, async () => (await import('../commands/release.js')).showAction));
  sub('verify')
    .description('hold a release in the bucket against the contract and its checksums')
    .argument('<version>', 'as release list names it')
    .addHelpText('after', exampleText('live-pool release verify 2026-03-13-core_major'))
    .action(onDemand(answer, async () => (await import('../commands/release.js')).verifyAction));
  sub('diff')
    .description('what changed from one release to another')
    .argument('<from>', 'the earlier one')
    .argument('[to]', 'the later one (default: what readers see)')
    .addHelpText(
      'after',
      exampleText(
        'live-pool release diff 2026-02-28-core_major',
        'live-pool release diff 2026-01-31-core_major 2026-02-28-core_major --format json',
      ),
    )
    .action(onDemand(answer, async () => (await import('../commands/release.js')).diffAction));
};
