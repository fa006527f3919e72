import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SimulationResult, simulate } from '../../simulation/simulate.js';
import { type Action, contextOf, print } from '../context.js';
import { NIGHTLY_FACTOR, SIMULATED_RUNS } from '../option-defaults.js';
import { EXIT } from '../terminal/exit-code.js';
import { integerOption } from '../terminal/integer-option.js';
import { stageProgress } from '../terminal/progress.js';
import { wrap } from '../terminal/wrap.js';

export const simulationText = ({
  runs,
  crash_points,
  schedules,
  violations,
  seed,
}: SimulationResult): string =>
  [
    `schedules    ${schedules}, from seed ${seed}`,
    `crash points ${crash_points}`,
    `runs         ${runs}`,
    `violations   ${violations.length}`,
    ...violations.flatMap((violation) => wrap(violation, 2)),
  ].join('\n');

export const simulateAction: Action = async (command) => {
  const { seed, runs, nightly } = command.opts();
  const context = contextOf(command, { targets: 'local' });
  const progress = stageProgress(context);
  const simulated = await simulate({
    seed: integerOption('--seed', seed, 0) ?? 1,
    runs:
      (integerOption('--runs', runs, 0) ?? SIMULATED_RUNS) *
      (nightly === true ? NIGHTLY_FACTOR : 1),
    onSchedule: (done, total) => {
      progress.progressedBriefly({ what: 'schedules', done, total });
      // The simulation runs in memory; without a turn of the event loop no signal is handled.
      return nextTurn();
    },
  });
  print(context, simulated, () => simulationText(simulated));
  return simulated.violations.length === 0 ? EXIT.ok : EXIT.unexpected;
};
