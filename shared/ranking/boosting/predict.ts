import { floatAt } from '../../typed-arrays.js';
import { TINY } from './floats.js';
import { type Matrix, requireMatrix } from './matrix.js';
import type { BoostingModel, Tree } from './model.js';

/** Adds one tree's prediction for each row. */
const addTree = (tree: Tree, { rows, values }: Matrix, sums: Float64Array): void => {
  const { splitFeature, threshold, missingLeft, left, right, leafValue } = tree;
  const root = splitFeature.length === 0 ? ~0 : 0;
  for (let row = 0; row < rows; row += 1) {
    let node = root;
    while (node >= 0) {
      const value = floatAt(values, (splitFeature[node] as number) * rows + row);
      const bound = threshold[node] as number;
      const goesLeft = Number.isNaN(value)
        ? missingLeft[node]
        : // Values within ±TINY were also zeros in training.
          (Math.abs(value) <= TINY ? 0 : value) <= bound;
      node = (goesLeft ? left[node] : right[node]) as number;
    }
    sums[row] = floatAt(sums, row) + (leafValue[~node] as number);
  }
};

/**
 * The model's prediction for each row of the matrix: the sum of its trees in their order
 * (LIGHTGBM.md §3). NaN takes the direction learned in training, or that of 0 if training had none.
 */
export const predictBoosting = (model: BoostingModel, matrix: Matrix): Float64Array => {
  requireMatrix(matrix);
  if (matrix.columns !== model.columns) {
    throw new RangeError(
      `matrix.columns: expected the model's ${model.columns} columns, got ${matrix.columns}`,
    );
  }
  const sums = new Float64Array(matrix.rows);
  for (const tree of model.trees) addTree(tree, matrix, sums);
  return sums;
};
