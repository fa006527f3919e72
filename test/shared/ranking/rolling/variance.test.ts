import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rollingStandardDeviation } from '../../../../shared/ranking/rolling/standard-deviation.js';
import { rollingVariance } from '../../../../shared/ranking/rolling/variance.js';
import { arbitraryColumn, windowAt } from '../../../support/arbitrary-column.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('rollingVariance', () => {
  for (const [title, values, window, minPeriods, expected] of [
    ['starts when the window is full', of(1, 2, 3, 7), 3, 3, of(NaN, NaN, 1, 7)],
    ['needs two values at least', of(4, 8), 3, 1, of(NaN, 8)],
    ['leaves missing values out', of(1, NaN, 3, NaN), 3, 2, of(NaN, NaN, 2, NaN)],
    ['is exactly 0 in a constant window', of(0.3, 0.1, 0.1, 0.1), 3, 3, of(NaN, NaN, 0.04 / 3, 0)],
    [
      'starts afresh after a window without values',
      of(1, NaN, NaN, 2, 4),
      2,
      1,
      of(NaN, NaN, NaN, NaN, 2),
    ],
    ['is empty for nothing', of(), 3, 1, of()],
  ] as const) {
    it(title, () => {
      const variances = rollingVariance(values, window, minPeriods);
      assert.equal(variances.length, expected.length);
      expected.forEach((value, i) => {
        const variance = variances[i] ?? NaN;
        if (Number.isNaN(value) || value === 0) assert.equal(variance, value);
        else assert.ok(Math.abs(variance - value) < 1e-15, `row ${i}: ${variance}`);
      });
    });
  }

  it('equals the direct variance of every window, and is never negative', () => {
    fc.assert(
      fc.property(arbitraryColumn, fc.integer({ min: 2, max: 20 }), (values, window) => {
        const variances = rollingVariance(values, window, 2);
        values.forEach((_, i) => {
          const known = windowAt(values, i, window);
          const variance = variances[i] ?? NaN;
          if (known.length < 2) {
            assert.ok(Number.isNaN(variance));
            return;
          }
          const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
          const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          const direct = squares / (known.length - 1);
          assert.ok(variance >= 0);
          // Values are up to 1e6: what has left the window leaves rounding of 1e12 · 2⁻⁵² behind.
          assert.ok(Math.abs(variance - direct) < 1e-2 + 1e-9 * direct, `${variance}, ${direct}`);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('has the same bits for values that are all scaled by a power of two', () => {
    fc.assert(
      fc.property(arbitraryColumn, (values) => {
        const scaled = rollingVariance(
          values.map((value) => value * 8),
          7,
          2,
        );
        assert.deepEqual(
          scaled,
          rollingVariance(values, 7, 2).map((variance) => variance * 64),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('rollingStandardDeviation', () => {
  it('is the scaled square root', () => {
    assert.deepEqual(
      rollingStandardDeviation(of(1, 3, 5), 2, 2, 10),
      of(NaN, 10 * Math.SQRT2, 10 * Math.SQRT2),
    );
  });
});
