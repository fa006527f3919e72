import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const rollbackCommand = (program: Command, answer: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('rollback')))
    .description('make an earlier release current again')
    .requiredOption('--to <version>', 'the release to go back to')
    .requiredOption(
      '--reason <text>',
      'why; at most 500 characters and 1024 bytes, kept in the ledger',
    )
    .option(
      '--expected-seq <n>',
      'refuse unless this is the current promotion (default: what it is)',
    )
    .option('--dry-run', 'say what would happen')
    .option('--allow-stale', 'even if readers would refuse it for its age')
    .addHelpText(
      'after',
      exampleText(
        'live-pool rollback --to 2025-11-30-core_major --reason "wrong bars on December 31st"',
      ),
    )
    .action(onDemand(answer, async () => (await import('../commands/rollback.js')).rollbackAction));
};
