import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const historyCommand = (program: Command, answer: SetExitCode): void => {
  addGlobalOptions(program.command('history'))
    .description('the promotion ledger, oldest first')
    .option('--verify', 'recompute the hash chain from the entries alone')
    .addHelpText('after', exampleText('live-pool history', 'live-pool history --verify'))
    .action(onDemand(answer, async () => (await import('../commands/history.js')).historyAction));
};
