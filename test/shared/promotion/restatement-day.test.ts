import assert from 'node:assert/strict';
import { isoDay, parseIsoDay } from '../../../shared/day.js';
import { restatementDay } from '../../../shared/promotion/restatement-day.js';

describe('the date of a restatement', () => {
  for (const [when, today, frontier, expected] of [
    ['is today', '2026-02-10', '2026-01-31', '2026-02-10'],
    ['is today on the 1st, once the month is out', '2026-03-01', '2026-02-28', '2026-03-01'],
    ['leaves the coming month its date', '2026-02-28', '2026-01-31', '2026-02-27'],
    ['does so in a leap year', '2028-02-29', '2028-01-31', '2028-02-28'],
    ['leaves the month under way its date', '2026-03-01', '2026-01-31', '2026-02-27'],
    ['leaves a late month its date', '2026-03-20', '2026-01-31', '2026-02-27'],
    ['is none right before a month', '2026-03-01', '2026-02-27', undefined],
    ['is none twice on a day', '2026-02-10', '2026-02-10', undefined],
    ['is none behind a date in the future', '2026-02-10', '2026-02-11', undefined],
    ['is none behind a month-end that was taken', '2026-02-28', '2026-02-28', undefined],
  ] as const)
    it(when, () => {
      const day = restatementDay(parseIsoDay(today), parseIsoDay(frontier));
      assert.equal(day === undefined ? undefined : isoDay(day), expected);
    });
});
