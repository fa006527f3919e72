import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const statusCommand = (program: Command, answer: SetExitCode): void => {
  addGlobalOptions(program.command('status'))
    .description('what readers see now, how long they will, and what to do next')
    .option('--max-age-days <n>', 'age up to which a pool is fresh (default: 45)')
    .addHelpText(
      'after',
      exampleText('live-pool status', 'live-pool status --format json | jq .next_step.command'),
    )
    .action(onDemand(answer, async () => (await import('../commands/status.js')).statusAction));
};
