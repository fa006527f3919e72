import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TINY } from '../../../../shared/ranking/boosting/floats.js';
import type { Matrix } from '../../../../shared/ranking/boosting/matrix.js';
import type {
  BoostingModel,
  BoostingParameters,
} from '../../../../shared/ranking/boosting/model.js';
import { predictBoosting } from '../../../../shared/ranking/boosting/predict.js';
import { trainBoosting } from '../../../../shared/ranking/boosting/train.js';

const PARAMETERS: BoostingParameters = {
  trees: 5,
  learningRate: 0.3,
  leaves: 6,
  minRowsInLeaf: 17,
  featureFraction: 1,
  seed: 42,
  maxBins: 255,
};
const ROWS = 150;

const matrix = (columns: readonly (readonly number[])[]): Matrix => ({
  rows: columns[0]?.length ?? 0,
  columns: columns.length,
  values: Float64Array.from(columns.flat()),
});

const cell = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -40, max: 40 }).map((value) => value / 8) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const columns = fc.array(fc.array(cell, { minLength: ROWS, maxLength: ROWS }), {
  minLength: 1,
  maxLength: 5,
});
const target = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: ROWS, maxLength: ROWS })
  .map((values) => Float64Array.from(values, (value) => value / 16));

describe('Training', () => {
  it('drops a constant column, so that adding one changes nothing', () => {
    fc.assert(
      fc.property(columns, target, fc.integer({ min: -2, max: 2 }), (data, y, constant) => {
        const wider = [...data, new Array<number>(ROWS).fill(constant)];
        const { trees } = trainBoosting(matrix(data), y, PARAMETERS);
        assert.deepEqual(trainBoosting(matrix(wider), y, PARAMETERS).trees, trees);
      }),
      { numRuns: 20 },
    );
  });

  it('depends only on the order of the values: a power of two scales thresholds and no prediction', () => {
    fc.assert(
      fc.property(columns, target, fc.integer({ min: -6, max: 6 }), (data, y, exponent) => {
        const scaled = data.map((values) => values.map((value) => value * 2 ** exponent));
        const plain = predictBoosting(trainBoosting(matrix(data), y, PARAMETERS), matrix(data));
        const model = trainBoosting(matrix(scaled), y, PARAMETERS);
        assert.deepEqual(predictBoosting(model, matrix(scaled)), plain);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps enough rows in every leaf', () => {
    fc.assert(
      fc.property(columns, target, (data, y) => {
        const x = matrix(data);
        const { columns: width, trees } = trainBoosting(x, y, PARAMETERS);
        for (const tree of trees) {
          const rowsOfLeaf = new Map<number, number>();
          for (const value of predictBoosting({ columns: width, trees: [tree] }, x)) {
            rowsOfLeaf.set(value, (rowsOfLeaf.get(value) ?? 0) + 1);
          }
          // Leaves may share a value, never the other way round.
          const least = tree.leafValue.length > 1 ? PARAMETERS.minRowsInLeaf : ROWS;
          assert.ok(Math.min(...rowsOfLeaf.values()) >= least);
          assert.ok(tree.leafValue.length <= PARAMETERS.leaves);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is deterministic and leaves its input alone', () => {
    const x = matrix([Array.from({ length: ROWS }, (_, row) => (row * 7) % 31)]);
    const y = Float64Array.from({ length: ROWS }, (_, row) => ((row * 7) % 31 > 15 ? 1 : 0));
    const [values, labels] = [x.values.slice(), y.slice()];
    assert.deepEqual(trainBoosting(x, y, PARAMETERS), trainBoosting(x, y, PARAMETERS));
    assert.deepEqual([x.values, y], [values, labels]);
  });

  it('predicts the mean if there are too few rows or no split', () => {
    const few = trainBoosting(matrix([[1, 2, 3]]), Float64Array.of(1, 2, 6), PARAMETERS);
    assert.deepEqual(
      few.trees.map((tree) => tree.leafValue),
      [[3]],
    );
    const none = trainBoosting(
      { rows: 2, columns: 0, values: new Float64Array() },
      Float64Array.of(1, 2),
      PARAMETERS,
    );
    assert.deepEqual(none.trees[0]?.leafValue, [1.5]);
  });

  const x = matrix([[1, 2]]);
  const y = Float64Array.of(1, 2);
  const refusals: readonly (readonly [string, () => unknown, RegExp])[] = [
    ...(
      [
        ['trees', 0],
        ['learningRate', 0],
        ['leaves', 1],
        ['minRowsInLeaf', 16],
        ['featureFraction', 1.01],
        ['seed', -1],
        ['maxBins', 256],
        ['maxBins', 3],
      ] as const
    ).map(
      ([name, value]) =>
        [
          `${name} ${value}`,
          () => trainBoosting(x, y, { ...PARAMETERS, [name]: value }),
          new RegExp(`^RangeError: ${name}: expected .*, got ${value}`),
        ] as const,
    ),
    [
      'a target of another length',
      () => trainBoosting(x, Float64Array.of(1), PARAMETERS),
      /target: .* 2 rows, got 1/,
    ],
    [
      'a target that is missing',
      () => trainBoosting(x, Float64Array.of(1, Number.NaN), PARAMETERS),
      /target: .* got NaN in row 1/,
    ],
    [
      'an infinite value',
      () => trainBoosting(matrix([[1, Number.POSITIVE_INFINITY]]), y, PARAMETERS),
      /matrix\.values: .* got Infinity in column 0, row 1/,
    ],
    [
      'values that are no table',
      () => trainBoosting({ ...x, columns: 2 }, y, PARAMETERS),
      /matrix\.values: expected 2 rows x 2 columns/,
    ],
    ['no rows', () => trainBoosting(matrix([[]]), new Float64Array(), PARAMETERS), /matrix\.rows/],
  ];
  for (const [what, act, message] of refusals) {
    it(`refuses ${what}`, () => assert.throws(act, message));
  }
});

describe('Prediction', () => {
  const model: BoostingModel = {
    columns: 2,
    trees: [
      { splitFeature: [], threshold: [], missingLeft: [], left: [], right: [], leafValue: [100] },
      {
        splitFeature: [0, 1],
        threshold: [2.5, -TINY],
        missingLeft: [false, true],
        left: [1, -1],
        right: [-2, -3],
        leafValue: [1, 2, 4],
      },
    ],
  };
  const table: readonly (readonly [string, readonly [number, number], number])[] = [
    ['sends a value at the threshold left', [2.5, -1], 101],
    ['sends a value above it right', [2.5000000000000004, -1], 102],
    ['sends NaN right where the node says so', [Number.NaN, -1], 102],
    ['sends NaN left where the node says so', [0, Number.NaN], 101],
    ['takes what is as small as 1e-35 for zero', [0, -TINY], 104],
    ['takes a zero with a sign for zero', [0, -0], 104],
    ['sends the largest number where it belongs', [Number.MAX_VALUE, 0], 102],
  ];
  for (const [title, row, expected] of table) {
    it(title, () => {
      const x = { rows: 1, columns: 2, values: Float64Array.from(row) };
      assert.deepEqual([...predictBoosting(model, x)], [expected]);
    });
  }

  it('of a training row is the sum of the leaves in which training left it', () => {
    fc.assert(
      fc.property(columns, target, (data, y) => {
        const x = matrix(data);
        const fitted = trainBoosting(x, y, PARAMETERS);
        const predicted = predictBoosting(fitted, x);
        // The last trees are fitted to what the first ones leave over: with one tree less, the
        // residuals of each leaf of the last tree average to the step that it takes.
        const before = predictBoosting({ ...fitted, trees: fitted.trees.slice(0, -1) }, x);
        const last = fitted.trees.at(-1);
        if (last === undefined || fitted.trees.length < 2) return;
        const residuals = new Map<number, number[]>();
        for (let row = 0; row < ROWS; row += 1) {
          const step = (predicted[row] ?? Number.NaN) - (before[row] ?? Number.NaN);
          const leaf = last.leafValue.findIndex((value) => Math.abs(value - step) < 1e-9);
          assert.ok(leaf >= 0, `row ${row} moves by ${step}, which is no leaf of the last tree`);
          const residual = (y[row] ?? Number.NaN) - (before[row] ?? Number.NaN);
          residuals.set(leaf, [...(residuals.get(leaf) ?? []), residual]);
        }
        for (const [leaf, values] of residuals) {
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const step = last.leafValue[leaf] ?? Number.NaN;
          assert.ok(Math.abs(PARAMETERS.learningRate * mean - step) < 1e-6, `leaf ${leaf}`);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('treats NaN as 0 in a column that had none in training', () => {
    const values = Array.from({ length: ROWS }, (_, row) => row - ROWS / 2);
    const y = Float64Array.from(values, (value) => Math.abs(value));
    const fitted = trainBoosting(matrix([values]), y, PARAMETERS);
    const of = (value: number) => predictBoosting(fitted, matrix([[value]]));
    assert.deepEqual(of(Number.NaN), of(0));
    assert.notDeepEqual(of(Number.NaN), of(70));
  });

  it('learns the side of NaN', () => {
    const values = Array.from({ length: ROWS }, (_, row) => (row < 50 ? Number.NaN : row));
    const y = Float64Array.from(values, (value) => (Number.isNaN(value) || value > 99 ? 1 : 0));
    const fitted = trainBoosting(matrix([values]), y, PARAMETERS);
    const of = (value: number): number =>
      predictBoosting(fitted, matrix([[value]]))[0] ?? Number.NaN;
    assert.ok(of(Number.NaN) > 0.8 && of(149) > 0.8 && of(50) < 0.2);
  });

  it('refuses a matrix of another width', () => {
    assert.throws(
      () => predictBoosting(model, matrix([[1]])),
      /matrix\.columns: expected the model's 2 columns, got 1/,
    );
  });
});
