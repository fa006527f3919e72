import assert from 'node:assert/strict';
import {
  crossSections,
  dateRange,
  rowsBetween,
  rowsOn,
} from '../../../shared/ranking/cross-section.js';
import { buildPanel, clipBars, dateOf, rowOf, symbolOf } from '../../../shared/ranking/panel.js';
import { calendarPosition, epochDay, panelRow, symbolIndex } from '../../../shared/units.js';
import { dayRange } from '../../support/day-range.js';
import { randomWalk } from '../../support/synthetic-bars.js';

const beta = randomWalk({ symbol: 'BETAUSDT', first: 100, length: 5, seed: 1, gaps: [2] });
const alfa = randomWalk({ symbol: 'ALFAUSDT', first: 102, length: 4, seed: 2 });
const none = randomWalk({ symbol: 'NONEUSDT', first: 100, length: 0, seed: 3 });

describe('A panel', () => {
  const panel = buildPanel([beta, none, alfa]);

  it('holds the symbols that have bars, ascending, with their rows adjacent', () => {
    assert.deepEqual(panel.symbols, ['ALFAUSDT', 'BETAUSDT']);
    assert.deepEqual([...panel.offsets], [0, 4, 8]);
    assert.deepEqual(panel.close.subarray(0, 4), alfa.close);
    assert.deepEqual(panel.quoteVolume.subarray(4), beta.quoteVolume);
  });

  it('has the union of all days as its calendar', () => {
    const gap = buildPanel([beta]);
    assert.deepEqual([...gap.calendar], [100, 101, 103, 104]);
    assert.deepEqual([...panel.calendar], [100, 101, 102, 103, 104, 105]);
    assert.deepEqual([...panel.dateOfRow], [2, 3, 4, 5, 0, 1, 3, 4]);
  });

  it('finds dates, rows and symbols, and nothing for an absent one', () => {
    assert.equal(dateOf(panel, epochDay(103)), 3);
    assert.equal(dateOf(panel, epochDay(99)), undefined);
    assert.equal(dateOf(panel, epochDay(106)), undefined);
    assert.equal(dateOf(buildPanel([beta]), epochDay(102)), undefined);
    assert.equal(rowOf(panel, symbolIndex(1), calendarPosition(3)), 6);
    assert.equal(rowOf(panel, symbolIndex(1), calendarPosition(2)), undefined);
    assert.equal(rowOf(panel, symbolIndex(0), calendarPosition(0)), undefined);
    assert.equal(rowOf(panel, symbolIndex(1), calendarPosition(5)), undefined);
    assert.deepEqual(
      [0, 3, 4, 7].map((row) => symbolOf(panel, panelRow(row))),
      ['ALFAUSDT', 'ALFAUSDT', 'BETAUSDT', 'BETAUSDT'],
    );
  });

  it('is empty without bars', () => {
    assert.deepEqual([...buildPanel([none]).calendar], []);
  });

  it('selects the rows of a date in symbol order, and of a range by date', () => {
    const sections = crossSections(panel, Uint8Array.of(1, 1, 0, 1, 0, 1, 1, 1));
    assert.deepEqual([...rowsOn(sections, calendarPosition(3))], [1, 6]);
    assert.deepEqual([...rowsOn(sections, calendarPosition(0))], []);
    assert.deepEqual([...rowsOn(sections, calendarPosition(5))], [3]);
    assert.deepEqual([...rowsBetween(sections, dateRange(1, 4))], [5, 0, 1, 6, 7]);
  });
});

describe('clipBars', () => {
  for (const [first, last, expected] of [
    [0, 1000, [100, 101, 103, 104]],
    [101, 103, [101, 103]],
    [102, 102, []],
    [105, 110, []],
  ] as const) {
    it(`keeps ${expected.length} of four bars from ${first} to ${last}`, () => {
      const clipped = clipBars(beta, dayRange(first, last));
      assert.deepEqual([...clipped.day], expected);
      assert.equal(clipped.close.length, expected.length);
      if (expected.length === 2) assert.deepEqual(clipped.close, beta.close.slice(1, 3));
    });
  }
});
