import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rollingMaximum } from '../../../../shared/ranking/rolling/maximum.js';
import { arbitraryColumn, windowAt } from '../../../support/arbitrary-column.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('rollingMaximum', () => {
  for (const [title, values, window, minPeriods, expected] of [
    ['starts when the window is full', of(3, 1, 2, 0), 3, 3, of(NaN, NaN, 3, 2)],
    ['starts at once when one is enough', of(3, 1, 2, 0, 0), 3, 1, of(3, 3, 3, 2, 2)],
    ['leaves missing values out', of(5, NaN, 1, NaN), 2, 1, of(5, 5, 1, 1)],
    ['is missing where too few are known', of(5, NaN, 1, 2), 2, 2, of(NaN, NaN, NaN, 2)],
    ['keeps a repeated maximum as long as it lasts', of(4, 4, 1, 1), 2, 2, of(NaN, 4, 4, 1)],
    ['is empty for nothing', of(), 3, 1, of()],
  ] as const) {
    it(title, () => assert.deepEqual(rollingMaximum(values, window, minPeriods), expected));
  }

  it('equals the direct maximum of every window', () => {
    fc.assert(
      fc.property(
        arbitraryColumn,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (values, window, minPeriods) => {
          const maxima = rollingMaximum(values, window, minPeriods);
          values.forEach((_, i) => {
            const known = windowAt(values, i, window);
            const direct = known.length < minPeriods ? NaN : Math.max(...known);
            // 0 and −0 compare equal, and either is a maximum of both.
            assert.ok(maxima[i] === direct || (Number.isNaN(direct) && Number.isNaN(maxima[i])));
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
