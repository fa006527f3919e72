import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DayRange } from '../../../../shared/market-data/bars.js';
import {
  addRange,
  clipRanges,
  type DayRanges,
  subtractRanges,
} from '../../../../shared/market-data/binance/day-ranges.js';
import { epochDay } from '../../../../shared/units.js';
import { dayRange } from '../../../support/day-range.js';

const DAYS = Array.from({ length: 30 }, (_, day) => day);
const daysIn = (ranges: DayRanges): readonly number[] =>
  DAYS.filter((day) => ranges.some(({ first, last }) => first <= day && day <= last));

const range: fc.Arbitrary<DayRange> = fc
  .tuple(fc.nat(29), fc.nat(29))
  .map(([a, b]) => dayRange(Math.min(a, b), Math.max(a, b)));
const ranges = fc.array(range, { maxLength: 6 });
const joined = (all: readonly DayRange[]): DayRanges => all.reduce<DayRanges>(addRange, []);

describe('Ranges of days', () => {
  it('join where they touch, and stay apart where a day is between them', () => {
    const apart = joined([dayRange(10, 12), dayRange(1, 3)]);
    assert.deepEqual(apart, [dayRange(1, 3), dayRange(10, 12)]);
    assert.deepEqual(addRange(apart, dayRange(4, 9)), [dayRange(1, 12)]);
    assert.deepEqual(addRange(apart, dayRange(5, 4)), apart);
  });

  it('hold the days that were added, in the fewest ranges, ascending', () => {
    fc.assert(
      fc.property(ranges, (all) => {
        const union = joined(all);
        assert.deepEqual(daysIn(union), daysIn(all));
        for (const [index, { first, last }] of union.entries()) {
          assert.ok(first <= last);
          const next = union[index + 1];
          if (next !== undefined) assert.ok(next.first > last + 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('without other ranges are the days that are missing, and up to a day those before it', () => {
    fc.assert(
      fc.property(range, ranges, fc.nat(29).map(epochDay), (asked, all, last) => {
        const have = joined(all);
        const there = new Set(daysIn(have));
        assert.deepEqual(
          daysIn(subtractRanges(asked, have)),
          daysIn([asked]).filter((day) => !there.has(day)),
        );
        assert.deepEqual(
          daysIn(clipRanges(have, last)),
          daysIn(have).filter((day) => day <= last),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('with exchanged ends contain no day', () => {
    assert.deepEqual(subtractRanges(dayRange(5, 4), []), []);
  });
});
