/**
 * The parameters of a training run. The method uses 300 trees, 0.05, 31 leaves, 30 rows, 0.75, seed
 * 42 and 255 bins (METHOD §9.3); this code does not assume them.
 */
export interface BoostingParameters {
  /** Boosting rounds; a round that finds no split adds no tree. */
  readonly trees: number;
  readonly learningRate: number;
  /** Leaves of one tree, at most. */
  readonly leaves: number;
  /** The minimum of training rows per leaf; at least 17, see `split.ts`. */
  readonly minRowsInLeaf: number;
  /** The share of the features that each tree may use, above 0 and up to 1. */
  readonly featureFraction: number;
  /** The master seed, an unsigned 32-bit integer. */
  readonly seed: number;
  /** Bins per feature, at most; 4 to 255, because fewer do not always agree with the reference. */
  readonly maxBins: number;
}

/**
 * A binary tree. Node 0 is the root, and nodes are numbered in the order in which they were split.
 * In `left` and `right` a number from 0 up is a node, a negative one is leaf `~n`. A tree without
 * nodes has the single leaf 0.
 */
export interface Tree {
  /** The column that each node compares. */
  readonly splitFeature: readonly number[];
  /** A value up to the threshold goes left. `Number.MAX_VALUE` sends every number left. */
  readonly threshold: readonly number[];
  /** Whether NaN goes left. */
  readonly missingLeft: readonly boolean[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** The value that each leaf adds to the prediction. */
  readonly leafValue: readonly number[];
}

/** A fitted model: the prediction is the sum over the trees. Survives JSON unchanged. */
export interface BoostingModel {
  /** Columns of the matrix that it was trained on, and that it predicts from. */
  readonly columns: number;
  readonly trees: readonly Tree[];
}

const requirement = (
  name: keyof BoostingParameters,
  value: number,
  holds: boolean,
  expected: string,
): void => {
  if (!holds) throw new RangeError(`${name}: expected ${expected}, got ${value}`);
};

const isIntegerWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** Throws a RangeError that names the first parameter out of its range. */
export const requireParameters = (parameters: BoostingParameters): void => {
  const { trees, learningRate, leaves, minRowsInLeaf, featureFraction, seed, maxBins } = parameters;
  const most = 0x7fffffff;
  requirement('trees', trees, isIntegerWithin(trees, 1, most), 'an integer of at least 1');
  requirement(
    'learningRate',
    learningRate,
    learningRate > 0 && learningRate < Number.POSITIVE_INFINITY,
    'a positive number',
  );
  requirement('leaves', leaves, isIntegerWithin(leaves, 2, most), 'an integer of at least 2');
  requirement(
    'minRowsInLeaf',
    minRowsInLeaf,
    isIntegerWithin(minRowsInLeaf, 17, most),
    'an integer of at least 17',
  );
  requirement(
    'featureFraction',
    featureFraction,
    featureFraction > 0 && featureFraction <= 1,
    'a number above 0 and up to 1',
  );
  requirement('seed', seed, isIntegerWithin(seed, 0, 0xffffffff), 'an unsigned 32-bit integer');
  requirement('maxBins', maxBins, isIntegerWithin(maxBins, 4, 255), 'an integer from 4 to 255');
};
