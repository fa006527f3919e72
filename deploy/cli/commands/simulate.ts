import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Command } from 'commander';
import { type Simulated, simulate } from '../../simulation/simulate.js';
import { type Answer, addGlobalOptions, contextOf, print } from '../context.js';
import { EXIT } from '../exit-code.js';
import { exampleText } from '../help.js';
import { stageProgress } from '../progress.js';
import { wholeNumber } from '../whole-number.js';
import { wrap } from '../wrap.js';

const DEFAULT_RUNS = 1000;
const NIGHTLY = 100;

export const simulationText = ({
  runs,
  crash_points,
  schedules,
  violations,
  seed,
}: Simulated): string =>
  [
    `schedules    ${schedules}, from seed ${seed}`,
    `crash points ${crash_points}`,
    `runs         ${runs}`,
    `violations   ${violations.length}`,
    ...violations.flatMap((one) => wrap(one, 2)),
  ].join('\n');

export const simulateCommand = (program: Command, answer: Answer): void => {
  addGlobalOptions(program.command('simulate'))
    .description('seeded misfortune on the whole pipeline, in memory')
    .option('--seed <n>', 'seed of the first schedule (default: 1)')
    .option('--runs <n>', `schedules to run (default: ${DEFAULT_RUNS})`)
    .option('--nightly', `${NIGHTLY} times as many`)
    .addHelpText('after', exampleText('live-pool simulate --seed 1 --runs 100 --format json'))
    .action(async (_options, command: Command) => {
      const { seed, runs, nightly } = command.opts();
      const context = contextOf(command, { places: 'folder' });
      const progress = stageProgress(context.quiet);
      const simulated = await simulate({
        seed: wholeNumber('--seed', seed, 0) ?? 1,
        runs: (wholeNumber('--runs', runs, 0) ?? DEFAULT_RUNS) * (nightly === true ? NIGHTLY : 1),
        onSchedule: (done, total) => {
          progress.glimpsed({ what: 'schedules', done, total });
          // All of it happens in memory: without a turn of the loop no signal would come through.
          return nextTurn();
        },
      });
      print(context, simulated, () => simulationText(simulated));
      answer(simulated.violations.length === 0 ? EXIT.ok : EXIT.unexpected);
    });
};
