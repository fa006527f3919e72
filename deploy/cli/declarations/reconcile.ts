import type { Command } from 'commander';
import { addGlobalOptions, addWaitOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const reconcileCommand = (program: Command, setExitCode: SetExitCode): void => {
  addWaitOptions(addGlobalOptions(program.command('reconcile')))
    .description("repair current/ and the document to match the ledger's head")
    .option('--dry-run', 'only list the drift')
    .addHelpText('after', exampleText('live-pool reconcile --dry-run', 'live-pool reconcile'))
    .action(
      onDemand(setExitCode, async () => (await import('../commands/reconcile.js')).reconcileAction),
    );
};
