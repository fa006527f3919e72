import { floatAt, intAt } from '../../typed-arrays.js';
import { createDataset } from './dataset.js';
import { EPSILON, TINY } from './floats.js';
import { createSubsetSampler } from './lightgbm-random.js';
import { type Matrix, requireMatrix } from './matrix.js';
import {
  type BoostingModel,
  type BoostingParameters,
  requireParameters,
  type Tree,
} from './model.js';
import { emptyNodes } from './nodes.js';
import { sumOf } from './sum.js';
import { createGrower, growTree, type Leaf } from './tree.js';

const zeroIfTiny = (value: number): number => (Math.abs(value) <= TINY ? 0 : value);

/** Called before each tree with the number of trained trees and the total. */
export type OnTreesTrained = (done: number, total: number) => void;

/** The value of a leaf: the negative mean gradient of its rows. */
const leafOutput = ({ sum, count }: Leaf): number => -sum / count;

/** Labels and gradients are float32 in the reference, everything else is double. */
const setGradients = (
  gradients: Float64Array,
  scores: Float64Array,
  labels: Float64Array,
): void => {
  for (let row = 0; row < gradients.length; row += 1) {
    gradients[row] = Math.fround(floatAt(scores, row) - floatAt(labels, row));
  }
};

const addStep = (
  scores: Float64Array,
  rowOrder: Int32Array,
  { begin, count }: Leaf,
  step: number,
): void => {
  for (let i = begin; i < begin + count; i += 1) {
    const row = intAt(rowOrder, i);
    scores[row] = floatAt(scores, row) + step;
  }
};

const requireTarget = (target: Float64Array, rows: number): void => {
  if (rows < 1)
    throw new RangeError(`matrix.rows: expected at least 1 row to train on, got ${rows}`);
  if (target.length !== rows) {
    throw new RangeError(
      `target: expected one number for each of ${rows} rows, got ${target.length}`,
    );
  }
  const bad = target.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(`target: expected finite numbers, got ${target[bad]} in row ${bad}`);
  }
};

/**
 * Fits boosted regression trees (L2) to `target`, one finite number per row of the matrix, exactly
 * as LightGBM 4.6.0 does: same trees, same thresholds, same leaf values to the last bit
 * (LIGHTGBM.md §3). NaN in the matrix is missing. Pure: the same input gives the same model.
 * Throws a RangeError for parameters out of range, wrong shapes and infinite values.
 */
export const trainBoosting = (
  matrix: Matrix,
  target: Float64Array,
  parameters: BoostingParameters,
  grown: OnTreesTrained = () => undefined,
): BoostingModel => {
  requireParameters(parameters);
  requireMatrix(matrix);
  requireTarget(target, matrix.rows);
  const { trees: rounds, learningRate, featureFraction, seed } = parameters;

  const dataset = createDataset(matrix, parameters);
  const grower = createGrower(dataset, parameters);
  const drawSubset = createSubsetSampler(seed, dataset.features.length, featureFraction);

  const labels = target.map(Math.fround);
  const average = sumOf(labels) / labels.length;
  const start = Math.abs(average) > EPSILON ? average : 0;
  const scores = new Float64Array(matrix.rows).fill(start);
  const gradients = new Float64Array(matrix.rows);
  const trees: Tree[] = [];
  for (let round = 0; round < rounds; round += 1) {
    grown(round, rounds);
    setGradients(gradients, scores, labels);
    const tree = growTree(grower, gradients, drawSubset());
    if (tree === undefined) {
      // The next round may still succeed, with other features.
      if (trees.length === 0) trees.push({ ...emptyNodes(), leafValue: [start] });
      continue;
    }
    const steps = tree.leaves.map((leaf) => zeroIfTiny(leafOutput(leaf) * learningRate));
    tree.leaves.forEach((leaf, i) => {
      addStep(scores, grower.rowOrder, leaf, steps[i] as number);
    });
    // The first tree includes the start value, so that the model needs no intercept.
    const leafValue =
      trees.length === 0 && start !== 0 ? steps.map((step) => zeroIfTiny(step + start)) : steps;
    trees.push({ ...tree.nodes, leafValue });
  }
  return { columns: matrix.columns, trees };
};
