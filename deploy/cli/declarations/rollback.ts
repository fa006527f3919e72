import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const rollbackCommand = (program: Command, setExitCode: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('rollback')))
    .description('make an earlier release current again')
    .requiredOption('--to <version>', 'release to roll back to')
    .requiredOption(
      '--reason <text>',
      'at most 500 characters and 1024 bytes; stored in the ledger',
    )
    .option(
      '--expected-seq <n>',
      'fail unless this is the current promotion (default: the current one)',
    )
    .option('--dry-run', 'only print the plan')
    .option('--allow-stale', 'roll back even if readers would refuse the release for its age')
    .addHelpText(
      'after',
      exampleText(
        'live-pool rollback --to 2025-11-30-core_major --reason "wrong bars on December 31st"',
      ),
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/rollback.js')).rollbackAction),
    );
};
