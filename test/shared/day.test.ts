import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, dayOf, endOfPreviousMonth, isoDay, parseIsoDay } from '../../shared/day.js';
import { epochDay } from '../../shared/units.js';

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The calendar, day by day, without any Date. */
function* calendar(first: number, last: number): Generator<string> {
  for (let year = first; year <= last; year += 1)
    for (const [index, days] of MONTHS.entries()) {
      const length = index === 1 && isLeap(year) ? 29 : days;
      for (let day = 1; day <= length; day += 1)
        yield `${year}-${String(index + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    }
}

describe('A day', () => {
  it('counts from 1970-01-01, without a gap from 1970 to 2110', () => {
    let expected = 0;
    for (const text of calendar(1970, 2110)) {
      assert.equal(parseIsoDay(text), expected, text);
      assert.equal(isoDay(epochDay(expected)), text);
      expected += 1;
    }
    assert.equal(expected, 51_499);
  });

  const refused = [
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '2026-01-01 ',
    ' 2026-01-01',
    '2026-01-01T00:00:00Z',
    '2026/01/01',
    '20260101',
    '+2026-01-01',
    '2026-01-01\n',
    '',
    'today',
  ];
  for (const text of refused)
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.ok(Number.isNaN(parseIsoDay(text)));
    });

  it('contains the instants from its midnight to the next, in UTC', () => {
    const day = parseIsoDay('2026-03-13');
    assert.equal(dayOf(new Date('2026-03-12T23:59:59.999Z')), day - 1);
    assert.equal(dayOf(new Date('2026-03-13T00:00:00.000Z')), day);
    assert.equal(dayOf(new Date('2026-03-13T23:59:59.999Z')), day);
    assert.equal(dayOf(new Date('1969-12-31T23:59:59.999Z')), -1);
  });
});

describe('The end of the previous month', () => {
  const table: readonly (readonly [string, string])[] = [
    ['2026-03-01', '2026-02-28'],
    ['2026-03-31', '2026-02-28'],
    ['2024-03-15', '2024-02-29'],
    ['2026-01-01', '2025-12-31'],
    ['2025-12-31', '2025-11-30'],
    ['1970-01-15', '1969-12-31'],
  ];
  for (const [day, expected] of table)
    it(`of ${day} is ${expected}`, () => {
      assert.equal(isoDay(endOfPreviousMonth(parseIsoDay(day))), expected);
    });

  it('is the latest day before this one that has another month', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 100_000 }).map(epochDay), (day) => {
        const end = endOfPreviousMonth(day);
        assert.notEqual(isoDay(end).slice(0, 7), isoDay(day).slice(0, 7));
        assert.equal(isoDay(addDays(end, 1)).slice(0, 7), isoDay(day).slice(0, 7));
      }),
    );
  });
});
