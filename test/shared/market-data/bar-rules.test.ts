import assert from 'node:assert/strict';
import { invalidBars } from '../../../shared/market-data/bar-rules.js';
import type { BarSeries } from '../../../shared/market-data/bars.js';

type Row = readonly [day: number, o: number, h: number, l: number, c: number, v: number, q: number];

const seriesOf = (...rows: readonly Row[]): BarSeries => {
  const column = (position: number) => Float64Array.from(rows, (row) => row[position] ?? 0);
  return {
    symbol: 'TRXUSDT',
    day: Int32Array.from(column(0)),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    quoteVolume: column(6),
  };
};

const SOUND: Row = [1, 10, 12, 9, 11, 100, 1050];
const changed = (changes: Partial<Record<number, number>>): Row => {
  const [d, o, h, l, c, v, q] = SOUND.map((value, index) => changes[index] ?? value);
  return [d ?? 0, o ?? 0, h ?? 0, l ?? 0, c ?? 0, v ?? 0, q ?? 0];
};

const found = (series: BarSeries) =>
  invalidBars(series).map(
    ({ rule, index, field, expected, got }) => `${rule} ${index} ${field}: ${expected}, ${got}`,
  );

describe('The rules for bars', () => {
  it('find nothing in valid bars, with days without volume and gaps', () => {
    const silent: Row = [2, 11, 11, 11, 11, 0, 0];
    const afterGap: Row = [40, 11, 11, 11, 11, 5, 55];
    assert.deepEqual(found(seriesOf(SOUND, silent, afterGap)), []);
    assert.deepEqual(found(seriesOf()), []);
  });

  it('leave open and close outside the range from low to high alone', () => {
    assert.deepEqual(found(seriesOf(changed({ 1: 20, 4: 1 }))), []);
  });

  const single: readonly (readonly [Partial<Record<number, number>>, readonly string[]])[] = [
    [{ 1: Number.NaN }, ['non-finite 0 open: a finite number, NaN']],
    [{ 2: Infinity }, ['non-finite 0 high: a finite number, Infinity']],
    [{ 6: -Infinity }, ['non-finite 0 quote_volume: a finite number, -Infinity']],
    [{ 4: 0 }, ['non-positive-price 0 close: a price above 0, 0']],
    [{ 3: -9 }, ['non-positive-price 0 low: a price above 0, -9']],
    [{ 5: -1 }, ['negative-volume 0 volume: at least 0, -1']],
    [{ 6: -0.5 }, ['negative-volume 0 quote_volume: at least 0, -0.5']],
    [{ 2: 8.5 }, ['high-below-low 0 high: at least low (9), 8.5']],
    [
      { 2: 8.5, 5: -1 },
      ['negative-volume 0 volume: at least 0, -1', 'high-below-low 0 high: at least low (9), 8.5'],
    ],
  ];
  for (const [changes, expected] of single) {
    it(`find ${expected.join(' and ')}`, () => {
      assert.deepEqual(found(seriesOf(changed(changes))), expected);
    });
  }

  it('compare every day with the one before it', () => {
    assert.deepEqual(
      found(seriesOf(changed({ 0: 5 }), changed({ 0: 5 }), changed({ 0: 3 }), changed({ 0: 4 }))),
      [
        'duplicate-day 1 date: a day after 1970-01-06, 1970-01-06',
        'unsorted-day 2 date: a day after 1970-01-06, 1970-01-04',
      ],
    );
  });
});
