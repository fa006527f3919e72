import assert from 'node:assert/strict';
import fc from 'fast-check';
import { invalidBars } from '../../../../shared/market-data/bar-rules.js';
import { type BarSeries, emptySeries } from '../../../../shared/market-data/bars.js';
import { mergeBars } from '../../../../shared/market-data/binance/merge-bars.js';

/** One bar a day whose prices and volumes all come from one number. */
const bars = (...rows: readonly (readonly [day: number, price: number])[]): BarSeries => {
  const prices = rows.map(([, price]) => price);
  return {
    symbol: 'TRXUSDT',
    day: Int32Array.from(rows.map(([day]) => day)),
    open: Float64Array.from(prices),
    high: Float64Array.from(prices),
    low: Float64Array.from(prices),
    close: Float64Array.from(prices),
    volume: Float64Array.from(prices),
    quoteVolume: Float64Array.from(prices),
  };
};

const someBars = fc
  .uniqueArray(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 3 })), { selector: ([day]) => day })
  .map((rows) => bars(...rows.sort(([a], [b]) => a - b)));

describe('Merged bars', () => {
  const kept = bars([1, 10], [2, 20], [4, 40]);

  it('hold every day once, with the newer bar where there are two', () => {
    const { series, added } = mergeBars(kept, bars([0, 5], [2, 21], [3, 30], [9, 90]));
    assert.deepEqual(series, bars([0, 5], [1, 10], [2, 21], [3, 30], [4, 40], [9, 90]));
    assert.equal(added, 3);
  });

  it('name each field that has changed', () => {
    const newer = bars([2, 20], [4, 40]);
    newer.close[1] = 41;
    newer.quoteVolume[1] = 0;
    assert.deepEqual(mergeBars(kept, newer).changed, [
      {
        day: 4,
        changes: [
          { field: 'close', old: 40, new: 41 },
          { field: 'quote_volume', old: 40, new: 0 },
        ],
      },
    ]);
  });

  it('are the other bars if one side has none', () => {
    const none = emptySeries('TRXUSDT', 0);
    assert.deepEqual(mergeBars(none, kept), { series: kept, added: 3, changed: [] });
    assert.deepEqual(mergeBars(kept, none), { series: kept, added: 0, changed: [] });
  });

  it('agree with a map by day, and keep the rules of bars', () => {
    fc.assert(
      fc.property(someBars, someBars, (older, newer) => {
        const { series, added, changed } = mergeBars(older, newer);
        const entries = ({ day, close }: BarSeries) =>
          Array.from(day, (value, row): [number, number] => [value, close[row] ?? Number.NaN]);
        const before = new Map(entries(older));
        const after = new Map([...before, ...entries(newer)]);
        assert.deepEqual(
          entries(series),
          [...after].sort(([a], [b]) => a - b),
        );
        assert.equal(added, after.size - before.size);
        assert.deepEqual(
          changed.map(({ day }) => day),
          [...before].filter(([day, value]) => after.get(day) !== value).map(([day]) => day),
        );
        assert.deepEqual(invalidBars(series), []);
        // What was merged is merged: doing it again changes nothing.
        assert.deepEqual(mergeBars(series, newer), { series, added: 0, changed: [] });
      }),
      { numRuns: 200 },
    );
  });
});
