import { predictBoosting } from '../../shared/ranking/boosting/predict.js';
import { trainBoosting } from '../../shared/ranking/boosting/train.js';
import { TREE_PARAMETERS } from '../../shared/ranking/parameters.js';
import { boostingFixture } from '../support/boosting-fixtures.js';

const RUNS = 5;

const timed = (act: () => unknown): number => {
  const start = performance.now();
  act();
  return performance.now() - start;
};

const { training, target, heldOut } = boostingFixture('medium');
const { rows, columns } = training;
const { trees } = TREE_PARAMETERS;

// The first run includes the compiler's warm-up: a live build pays it, so it is shown.
const train = Array.from({ length: RUNS }, () =>
  timed(() => trainBoosting(training, target, TREE_PARAMETERS)),
);
const model = trainBoosting(training, target, TREE_PARAMETERS);
const predict = Array.from({ length: RUNS }, () => timed(() => predictBoosting(model, heldOut)));

const report = (
  what: string,
  size: number,
  unit: string,
  milliseconds: readonly number[],
): void => {
  const [first = Number.NaN] = milliseconds;
  const best = Math.min(...milliseconds);
  console.log(
    `${what.padEnd(8)} ${first.toFixed(0).padStart(6)} ms first ${best.toFixed(0).padStart(6)} ms best ${(size / best / 1e3).toFixed(1).padStart(8)} million ${unit}/s`,
  );
};

console.log(`boosting/medium: ${rows} rows x ${columns} columns x ${trees} trees, one thread`);
report('train', rows * trees, 'row-trees', train);
report('predict', heldOut.rows * trees, 'row-trees', predict);
