import type { Command } from 'commander';
import type { Version } from '../../../shared/contract/primitives.js';
import { type Answer, addGlobalOptions, type Context, contextOf } from '../context.js';
import type { Desk } from '../desk/desk.js';
import { withDesk } from '../desk/open.js';
import { exampleText } from '../help.js';
import { diffCommand } from '../release/diff-command.js';
import { listCommand } from '../release/list.js';
import { showCommand } from '../release/show.js';
import { verifyCommand } from '../release/verify.js';
import { versionArgument } from '../version-argument.js';

type Task = (context: Context, desk: Desk, version: Version) => Promise<number>;

/** A task on the release that the argument names. */
const ofVersion = (task: Task, command: Command, text: string): Promise<number> => {
  const context = contextOf(command);
  const version = versionArgument(text);
  return withDesk(context, (desk) => task(context, desk, version));
};

export const releaseCommand = (program: Command, answer: Answer): void => {
  const release = addGlobalOptions(program.command('release'))
    .description('look at releases')
    .addHelpText('after', exampleText('live-pool release list'));
  const sub = (name: string): Command => addGlobalOptions(release.command(name));
  sub('list')
    .description('all releases, oldest first')
    .addHelpText('after', exampleText('live-pool release list --format json'))
    .action(async (_options, command: Command) => {
      const context = contextOf(command);
      answer(await withDesk(context, (desk) => listCommand(context, desk)));
    });
  sub('show')
    .description('one release: its pool, dates, promotions, checksums and evidence')
    .argument('<version>', 'as release list names it')
    .addHelpText('after', exampleText('live-pool release show 2026-03-13-core_major'))
    .action(async (version: string, _options, command: Command) =>
      answer(await ofVersion(showCommand, command, version)),
    );
  sub('verify')
    .description('hold a release in the bucket against the contract and its checksums')
    .argument('<version>', 'as release list names it')
    .addHelpText('after', exampleText('live-pool release verify 2026-03-13-core_major'))
    .action(async (version: string, _options, command: Command) =>
      answer(await ofVersion(verifyCommand, command, version)),
    );
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
    .action(async (from: string, to: string | undefined, _options, command: Command) => {
      const later = to === undefined ? undefined : versionArgument(to);
      const task: Task = (context, desk, version) => diffCommand(context, desk, version, later);
      answer(await ofVersion(task, command, from));
    });
};
