import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const explainCommand = (program: Command, answer: SetExitCode): void => {
  addGlobalOptions(program.command('explain'))
    .description('why each symbol is in or out of a pool, and how close it was')
    .option('--version <version>', 'which release (default: the current one)')
    .option('--symbol <symbol>', 'one candidate in full')
    .addHelpText(
      'after',
      exampleText(
        'live-pool explain',
        'live-pool explain --version 2026-03-13-core_major --symbol delta',
      ),
    )
    .action(onDemand(answer, async () => (await import('../commands/explain.js')).explainAction));
};
