import assert from 'node:assert/strict';
import fc from 'fast-check';
import { median } from '../../../../shared/ranking/statistics/median.js';
import {
  ascending,
  percentileRank,
} from '../../../../shared/ranking/statistics/percentile-rank.js';
import { standardDeviation } from '../../../../shared/ranking/statistics/standard-deviation.js';
import { sum } from '../../../../shared/ranking/statistics/sum.js';
import { arbitraryColumn } from '../../../support/arbitrary-column.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('percentileRank', () => {
  for (const [title, values, expected] of [
    ['ranks from the smallest', of(30, 10, 20, 40), of(0.75, 0.25, 0.5, 1)],
    ['gives equals their mean rank', of(2, 1, 2, 2), of(0.75, 0.25, 0.75, 0.75)],
    ['gives all-equal values the middle', of(5, 5), of(0.75, 0.75)],
    ['gives a single value 1', of(NaN, -3), of(NaN, 1)],
    ['does not count missing values', of(NaN, 2, NaN, 1), of(NaN, 1, NaN, 0.5)],
    ['takes 0 and −0 for equal', of(0, -0), of(0.75, 0.75)],
    ['is empty for nothing', of(), of()],
  ] as const) {
    it(title, () => assert.deepEqual(percentileRank(values), expected));
  }

  it('is (values below + half of (equals + 1)) over the count', () => {
    fc.assert(
      fc.property(arbitraryColumn, (values) => {
        const known = [...values].filter((value) => !Number.isNaN(value));
        const direct = values.map((value) => {
          const below = known.filter((other) => other < value).length;
          const equal = known.filter((other) => other === value).length;
          return Number.isNaN(value) ? NaN : (below + (equal + 1) / 2) / known.length;
        });
        assert.deepEqual(percentileRank(values), direct);
      }),
      { numRuns: 100 },
    );
  });
});

describe('ascending', () => {
  it('keeps equals in their order and leaves missing values out', () => {
    assert.deepEqual([...ascending(of(2, NaN, 1, 2, 1))], [2, 4, 0, 3]);
  });
});

describe('median', () => {
  for (const [values, expected] of [
    [of(3, 1, 2), 2],
    [of(4, 1, 3, 2), 2.5],
    [of(NaN, 10, NaN, -5), 2.5],
    [of(7), 7],
    [of(NaN), NaN],
    [of(), NaN],
  ] as const) {
    it(`of [${values.join(', ')}] is ${expected}`, () => {
      const before = values.slice();
      assert.equal(median(values), expected);
      assert.deepEqual(values, before);
    });
  }
});

describe('standardDeviation', () => {
  for (const [values, expected] of [
    [of(1, 3), Math.SQRT2],
    [of(2, 4, 4, 4, 5, 5, 7, 9), Math.sqrt(32 / 7)],
    [of(1, NaN, 3), Math.SQRT2],
    [of(5, 5, 5), 0],
    [of(5), NaN],
    [of(NaN, 1), NaN],
  ] as const) {
    it(`of [${values.join(', ')}] is ${expected}`, () => {
      assert.equal(standardDeviation(values), expected);
    });
  }
});

describe('sum', () => {
  it('adds in eight lanes, so that what lanes cancel is not lost', () => {
    // One after the other the ones would vanish beside 1e16; in lane 0 it meets its opposite first.
    const values = of(1e16, 1, 1, 1, 1, 1, 1, 1, -1e16, 1, 1, 1, 1, 1, 1, 1);
    assert.equal(sum(values), 14);
  });

  it('equals the exact sum of integers at every length, across the split into halves', () => {
    for (let size = 0; size < 300; size += 1) {
      const values = Float64Array.from({ length: size }, (_, i) => i + 1);
      assert.equal(sum(values), (size * (size + 1)) / 2);
    }
  });
});
