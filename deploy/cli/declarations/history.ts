import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const historyCommand = (program: Command, setExitCode: SetExitCode): void => {
  addGlobalOptions(program.command('history'))
    .description('list the promotion ledger, oldest first')
    .option('--verify', 'verify the hash chain of the entries')
    .addHelpText('after', exampleText('live-pool history', 'live-pool history --verify'))
    .action(
      onDemand(setExitCode, async () => (await import('../commands/history.js')).historyAction),
    );
};
