import type { Command } from 'commander';
import { type Simulated, simulate } from '../../simulation/simulate.js';
import { type Answer, addGlobalOptions, contextOf, print } from '../context.js';
import { EXIT } from '../exit-code.js';
import { UsageError } from '../usage-error.js';

const DEFAULT_RUNS = 1000;
const NIGHTLY = 100;

const wholeNumber = (option: string, text: unknown, fallback: number): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new UsageError(`--${option}: expected a whole number of at least 0, got ${text}`);
  return value;
};

const simulationText = ({ runs, crash_points, schedules, violations, seed }: Simulated): string =>
  [
    `${schedules} schedules from seed ${seed}, ${crash_points} crash points, ${runs} runs: ${violations.length} violations`,
    ...violations,
  ].join('\n');

export const simulateCommand = (program: Command, answer: Answer): void => {
  addGlobalOptions(program.command('simulate'))
    .description('seeded misfortune on the whole pipeline, in memory')
    .option('--seed <n>', 'seed of the first schedule (default: 1)')
    .option('--runs <n>', `schedules to run (default: ${DEFAULT_RUNS})`)
    .option('--nightly', `${NIGHTLY} times as many`)
    .addHelpText('after', '\nExample:\n  live-pool simulate --seed 1 --runs 100 --format json')
    .action(async (_options, command: Command) => {
      const { seed, runs, nightly } = command.opts();
      const context = contextOf(command, { places: 'folder' });
      const simulated = await simulate({
        seed: wholeNumber('seed', seed, 1),
        runs: wholeNumber('runs', runs, DEFAULT_RUNS) * (nightly === true ? NIGHTLY : 1),
      });
      print(context, simulated, () => simulationText(simulated));
      answer(simulated.violations.length === 0 ? EXIT.ok : EXIT.unexpected);
    });
};
