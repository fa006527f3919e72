import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const explainCommand = (program: Command, setExitCode: SetExitCode): void => {
  addGlobalOptions(program.command('explain'))
    .description('explain why each symbol is in or out of a pool, and how close it was')
    .option('--version <version>', 'release (default: the current one)')
    .option('--symbol <symbol>', 'show one candidate in full')
    .addHelpText(
      'after',
      exampleText(
        'live-pool explain',
        'live-pool explain --version 2026-03-13-core_major --symbol delta',
      ),
    )
    .action(
      onDemand(setExitCode, async () => (await import('../commands/explain.js')).explainAction),
    );
};
