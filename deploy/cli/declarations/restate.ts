import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const restateCommand = (program: Command, setExitCode: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('restate')))
    .description('publish the membership of an earlier release under a new date')
    .requiredOption('--from <version>', 'release with the membership')
    .requiredOption('--as-of-date <date>', 'the new date')
    .requiredOption(
      '--reason <text>',
      'at most 500 characters and 1024 bytes; stored in ledger and evidence',
    )
    .option('--dry-run', 'only print the plan')
    .addHelpText(
      'after',
      exampleText(
        'live-pool restate --from 2025-10-31-core_major --as-of-date 2026-01-15 --reason "rolled back too late"',
      ),
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/restate.js')).restateAction),
    );
};
