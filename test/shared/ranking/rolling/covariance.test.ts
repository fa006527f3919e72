import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rollingComoments } from '../../../../shared/ranking/rolling/covariance.js';
import { isNear } from '../../../support/assert-near.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

const pair = fc.tuple(
  fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: NaN, freq: 9 }),
  fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: NaN, freq: 9 }),
);

describe('rollingComoments', () => {
  it('measures two columns that move together, and apart', () => {
    const { covariance, correlation } = rollingComoments(of(1, 2, 3, 2), of(2, 4, 6, 8), 3, 3);
    assert.deepEqual(
      covariance.map((value) => Math.round(value * 1e12) / 1e12),
      of(NaN, NaN, 2, 0),
    );
    assert.ok(isNear(correlation[2] ?? NaN, 1, 1e-12));
    assert.ok(Math.abs(correlation[3] ?? NaN) < 1e-12);
  });

  it('counts only the pairs that are whole', () => {
    const { covariance } = rollingComoments(of(1, NaN, 3, 5), of(1, 9, NaN, 3), 4, 2);
    assert.deepEqual(covariance, of(NaN, NaN, NaN, 4));
  });

  it('is missing for a constant', () => {
    const { covariance, correlation } = rollingComoments(of(1, 2, 3), of(0.1, 0.1, 0.1), 3, 3);
    assert.ok(Math.abs(covariance[2] ?? NaN) < 1e-15);
    assert.deepEqual(correlation, of(NaN, NaN, NaN));
  });

  it('equals the direct covariance and correlation of every window', () => {
    fc.assert(
      fc.property(
        fc.array(pair, { maxLength: 60 }),
        fc.integer({ min: 3, max: 15 }),
        (pairs, window) => {
          const x = Float64Array.from(pairs, ([a]) => a);
          const y = Float64Array.from(pairs, ([, b]) => b);
          const { covariance, correlation } = rollingComoments(x, y, window, 3);
          pairs.forEach((_, i) => {
            const whole = pairs
              .slice(Math.max(0, i - window + 1), i + 1)
              .filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
            if (whole.length < 3) {
              assert.ok(Number.isNaN(covariance[i]) && Number.isNaN(correlation[i]));
              return;
            }
            const n = whole.length;
            const meanX = whole.reduce((sum, [a]) => sum + a, 0) / n;
            const meanY = whole.reduce((sum, [, b]) => sum + b, 0) / n;
            const sxy = whole.reduce((sum, [a, b]) => sum + (a - meanX) * (b - meanY), 0);
            const sxx = whole.reduce((sum, [a]) => sum + (a - meanX) ** 2, 0);
            const syy = whole.reduce((sum, [, b]) => sum + (b - meanY) ** 2, 0);
            assert.ok(Math.abs((covariance[i] ?? NaN) - sxy / (n - 1)) < 1e-12);
            if (sxx > 1e-3 && syy > 1e-3) {
              assert.ok(Math.abs((correlation[i] ?? NaN) - sxy / Math.sqrt(sxx * syy)) < 1e-9);
            }
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
