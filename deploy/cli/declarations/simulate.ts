import type { Command } from 'commander';
import { addGlobalOptions, type SetExitCode } from '../context.js';
import { NIGHTLY_FACTOR, SIMULATED_RUNS } from '../option-defaults.js';
import { exampleText } from '../terminal/help.js';
import { onDemand } from './on-demand.js';

export const simulateCommand = (program: Command, setExitCode: SetExitCode): void => {
  addGlobalOptions(program.command('simulate'))
    .description('run seeded fault injection on the whole pipeline, in memory')
    .option('--seed <n>', 'seed of the first schedule (default: 1)')
    .option('--runs <n>', `schedules to run (default: ${SIMULATED_RUNS})`)
    .option('--nightly', `run ${NIGHTLY_FACTOR} times as many schedules`)
    .addHelpText('after', exampleText('live-pool simulate --seed 1 --runs 100 --format json'))
    .action(
      onDemand(setExitCode, async () => (await import('../commands/simulate.js')).simulateAction),
    );
};
