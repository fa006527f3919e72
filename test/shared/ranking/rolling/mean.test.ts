import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rollingMean } from '../../../../shared/ranking/rolling/mean.js';
import { arbitraryColumn, windowAt } from '../../../support/arbitrary-column.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('rollingMean', () => {
  for (const [title, values, window, minPeriods, expected] of [
    ['starts when the window is full', of(1, 2, 3, 5), 3, 3, of(NaN, NaN, 2, 10 / 3)],
    ['starts earlier when fewer are enough', of(1, 2, 3), 3, 1, of(1, 1.5, 2)],
    ['leaves missing values out', of(1, NaN, 3, NaN, NaN), 3, 1, of(1, 1, 2, 3, 3)],
    ['is missing where too few are known', of(1, NaN, 3, 4), 2, 2, of(NaN, NaN, NaN, 3.5)],
    ['is missing where nothing is known', of(NaN, NaN), 2, 0, of(NaN, NaN)],
    [
      'is the value itself in a constant window',
      of(9, 0.1, 0.1, 0.1),
      3,
      3,
      of(NaN, NaN, 9.2 / 3, 0.1),
    ],
    ['counts the same value again after a gap', of(5, 0.1, NaN, 0.1), 3, 1, of(5, 2.55, 2.55, 0.1)],
    ['is shorter than its window', of(1, 2), 5, 2, of(NaN, 1.5)],
    ['is empty for nothing', of(), 3, 1, of()],
  ] as const) {
    it(title, () => assert.deepEqual(rollingMean(values, window, minPeriods), expected));
  }

  it('is exact again after a huge value has left the window', () => {
    const means = rollingMean(of(1e15, 1, 2, 3, 2), 3, 3);
    assert.deepEqual(means.subarray(3), of(2, 7 / 3));
  });

  it('has no negative mean of values of which none is negative', () => {
    const means = rollingMean(of(1e9, 1e-9, 3e-9, 0, 1e-17, 0), 3, 1);
    for (const mean of means) assert.ok(mean >= 0, `${mean}`);
  });

  it('comes back to the same bits when the entering value equals the leaving one', () => {
    const indicator = of(1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0);
    const means = rollingMean(indicator, 5, 5);
    for (let i = 5; i < indicator.length; i += 1) {
      if (indicator[i] === indicator[i - 5]) assert.equal(means[i], means[i - 1]);
    }
  });

  it('equals the direct mean of every window', () => {
    fc.assert(
      fc.property(arbitraryColumn, fc.integer({ min: 1, max: 20 }), (values, window) => {
        const means = rollingMean(values, window, 1);
        values.forEach((_, i) => {
          const known = windowAt(values, i, window);
          const direct = known.reduce((sum, value) => sum + value, 0) / known.length;
          const mean = means[i] ?? NaN;
          if (known.length === 0) assert.ok(Number.isNaN(mean));
          else assert.ok(Math.abs(mean - direct) < 1e-8, `row ${i}: ${mean}, directly ${direct}`);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('writes into the given array', () => {
    const out = of(7, 7);
    assert.equal(rollingMean(of(1, 3), 2, 1, out), out);
    assert.deepEqual(out, of(1, 2));
  });
});
