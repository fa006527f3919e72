import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const restateCommand = (program: Command, answer: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('restate')))
    .description('publish the membership of an earlier release under a new date')
    .requiredOption('--from <version>', 'whose membership')
    .requiredOption('--as-of-date <date>', 'the new date')
    .requiredOption(
      '--reason <text>',
      'why; at most 500 characters and 1024 bytes, kept in ledger and evidence',
    )
    .option('--dry-run', 'say what would happen')
    .addHelpText(
      'after',
      exampleText(
        'live-pool restate --from 2025-10-31-core_major --as-of-date 2026-01-15 --reason "rolled back too late"',
      ),
    )
    .action(onDemand(answer, async () => (await import('../commands/restate.js')).restateAction));
};
