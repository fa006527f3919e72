import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const reconcileCommand = (program: Command, answer: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('reconcile')))
    .description("bring current/ and the document to the ledger's head")
    .option('--dry-run', 'say what deviates')
    .addHelpText('after', exampleText('live-pool reconcile --dry-run', 'live-pool reconcile'))
    .action(
      onDemand(answer, async () => (await import('../commands/reconcile.js')).reconcileAction),
    );
};
