import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { NIGHTLY_FACTOR, SIMULATED_RUNS } from '../option-defaults.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const simulateCommand = (program: Command, answer: SetExitCode): void => {
  addGlobalOptions(program.command('simulate'))
    .description('seeded misfortune on the whole pipeline, in memory')
    .option('--seed <n>', 'seed of the first schedule (default: 1)')
    .option('--runs <n>', `schedules to run (default: ${SIMULATED_RUNS})`)
    .option('--nightly', `${NIGHTLY_FACTOR} times as many`)
    .addHelpText('after', exampleText('live-pool simulate --seed 1 --runs 100 --format json'))
    .action(onDemand(answer, async () => (await import('../commands/simulate.js')).simulateAction));
};
