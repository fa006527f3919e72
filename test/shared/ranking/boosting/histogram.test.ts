import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addRows, fillRoot } from '../../../../shared/ranking/boosting/accumulate.js';
import { createDataset } from '../../../../shared/ranking/boosting/dataset.js';
import {
  layoutOf,
  restoreMostFrequent,
  subtractHistogram,
} from '../../../../shared/ranking/boosting/histogram.js';
import { partitionRows } from '../../../../shared/ranking/boosting/partition.js';

const ROWS = 120;

/** Columns that can all be split, and gradients whose sums are exact in any order. */
const problem = fc
  .integer({ min: 1, max: 11 })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      cells: fc.array(fc.integer({ min: -4, max: 4 }), {
        minLength: columns * ROWS,
        maxLength: columns * ROWS,
      }),
      gradients: fc.array(fc.integer({ min: -1000, max: 1000 }), {
        minLength: ROWS,
        maxLength: ROWS,
      }),
      inLeft: fc.array(fc.boolean(), { minLength: ROWS, maxLength: ROWS }),
    }),
  )
  .map(({ columns, cells, gradients, inLeft }) => {
    const values = Float64Array.from(cells);
    const dataset = createDataset(
      { rows: ROWS, columns, values },
      { maxBins: 255, minRowsInLeaf: 1, seed: 42 },
    );
    const rowsOf = (side: boolean): number[] =>
      inLeft.flatMap((left, row) => (left === side ? [row] : []));
    return {
      dataset,
      layout: layoutOf(dataset, Int32Array.from(dataset.features.keys())),
      gradients: Float64Array.from(gradients, (value) => value / 8),
      left: rowsOf(true),
      right: rowsOf(false),
    };
  });
type Problem = typeof problem extends fc.Arbitrary<infer P> ? P : never;

const directly = (
  { dataset, layout, gradients }: Problem,
  rows: readonly number[],
): Float64Array => {
  const histogram = new Float64Array(layout.length);
  for (const feature of layout.features) {
    for (const row of rows) {
      const bin = dataset.bins[feature * dataset.rows + row] ?? Number.NaN;
      const at = (layout.offsets[feature] ?? Number.NaN) + 2 * bin;
      histogram[at] = (histogram[at] ?? 0) + (gradients[row] ?? Number.NaN);
      histogram[at + 1] = (histogram[at + 1] ?? 0) + 1;
    }
  }
  return histogram;
};

const counted = (
  { dataset, layout, gradients }: Problem,
  rows: readonly number[],
): Float64Array => {
  const histogram = new Float64Array(layout.length);
  const order = Int32Array.from(rows);
  const gathered = Float64Array.from(rows, (row) => gradients[row] ?? Number.NaN);
  addRows(histogram, dataset, layout.features, layout, order, 0, order.length, gathered);
  return histogram;
};

describe('Histograms', () => {
  it('count every row of every feature, for any number of features', () => {
    fc.assert(
      fc.property(problem, (p) => assert.deepEqual(counted(p, p.left), directly(p, p.left))),
      { numRuns: 40 },
    );
  });

  it('of the root contain nothing of the previous tree', () => {
    fc.assert(
      fc.property(problem, (p) => {
        const histogram = new Float64Array(p.layout.length).fill(99);
        fillRoot(histogram, p.dataset, p.layout, p.gradients);
        assert.deepEqual(histogram, directly(p, [...p.gradients.keys()]));
      }),
      { numRuns: 40 },
    );
  });

  it('of the larger child are the parent less the smaller child', () => {
    fc.assert(
      fc.property(problem, (p) => {
        const parent = directly(p, [...p.gradients.keys()]);
        const smaller = counted(p, p.left);
        subtractHistogram(parent, smaller, p.layout.length);
        assert.deepEqual(parent, directly(p, p.right));
        assert.deepEqual(smaller, directly(p, p.left));
      }),
      { numRuns: 40 },
    );
  });

  it('have the remainder of the sum in the most frequent bin', () => {
    const values = Float64Array.from({ length: ROWS }, (_, row) => (row < 40 ? -1 : 1));
    const dataset = createDataset(
      { rows: ROWS, columns: 1, values },
      { maxBins: 255, minRowsInLeaf: 30, seed: 42 },
    );
    const layout = layoutOf(dataset, Int32Array.of(0));
    // Three bins: negative, zero (the most frequent one by default, and empty) and positive.
    const histogram = Float64Array.of(0.1, 40, 5, 0, 0.2, 80);
    restoreMostFrequent(histogram, dataset, layout.features, layout, { count: 120, sum: 0.3 });
    assert.deepEqual([...histogram], [0.1, 40, 0.3 - 0.1 - 0.2, 0, 0.2, 80]);
  });
});

describe('Partitioning', () => {
  it('keeps the order on both sides and touches no other leaf', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 60 }),
        fc.array(fc.constantFrom(0, 1), { minLength: 6, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        (bins, sides, one, other) => {
          const [begin, end] = [one % bins.length, other % bins.length].sort((a, b) => a - b) as [
            number,
            number,
          ];
          const order = Int32Array.from(bins.keys()).reverse();
          const before = [...order];
          const goesLeft = Uint8Array.from(sides);
          const scratch = new Int32Array(bins.length);
          const middle = partitionRows(order, begin, end, Uint8Array.from(bins), goesLeft, scratch);
          const leaf = before.slice(begin, end);
          const left = leaf.filter((row) => goesLeft[bins[row] ?? -1] === 1);
          const right = leaf.filter((row) => goesLeft[bins[row] ?? -1] === 0);
          assert.equal(middle, begin + left.length);
          assert.deepEqual(
            [...order],
            [...before.slice(0, begin), ...left, ...right, ...before.slice(end)],
          );
        },
      ),
    );
  });
});
