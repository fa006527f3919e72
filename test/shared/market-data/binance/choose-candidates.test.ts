import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseIsoDay } from '../../../../shared/day.js';
import { memoryObjectStore } from '../../../../shared/local/memory-object-store.js';
import { emptySeries } from '../../../../shared/market-data/bars.js';
import {
  liquidityOf,
  mostLiquid,
} from '../../../../shared/market-data/binance/choose-candidates.js';
import { binanceSource } from '../../../../shared/market-data/binance/source.js';
import { done } from '../../../contract/store-under-test.js';
import { dayRange } from '../../../support/day-range.js';
import { down, memoryExchange } from '../../../support/memory-exchange.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

const asOf = parseIsoDay('2025-12-31');
const clock = () => new Date('2026-01-01T00:30:00Z');
const walk = (symbol: string, quoteVolume: number, length = 100, last: number = asOf) =>
  randomWalk({ symbol, first: last - length + 1, length, seed: 1, quoteVolume });

describe('The most liquid symbols', () => {
  const of = (symbol: string, meanQuoteVolume: number) => ({ symbol, meanQuoteVolume });

  it('are ordered by mean, then by symbol; the answer ascends by symbol', () => {
    const all = [of('C', 2), of('B', 2), of('A', 1), of('D', 3), of('E', Number.NaN)];
    assert.deepEqual(mostLiquid(all, 1), ['D']);
    assert.deepEqual(mostLiquid(all, 2), ['B', 'D']);
    assert.deepEqual(mostLiquid(all, 3), ['B', 'C', 'D']);
    assert.deepEqual(mostLiquid(all, 9), ['A', 'B', 'C', 'D']);
    assert.deepEqual(mostLiquid(all, 0), []);
  });

  it('do not depend on the order of the request', () => {
    const entry = fc.record({
      symbol: fc.string({ minLength: 1, maxLength: 3 }),
      meanQuoteVolume: fc.oneof(fc.nat(3), fc.constant(Number.NaN)),
    });
    const all = fc.uniqueArray(entry, { selector: ({ symbol }) => symbol });
    fc.assert(
      fc.property(
        all.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        fc.nat(5),
        ([list, shuffled], top) => {
          assert.deepEqual(mostLiquid(shuffled, top), mostLiquid(list, top));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are compared by their existing bars', () => {
    const series = walk('TRXUSDT', 100, 3);
    const [a = 0, b = 0, c = 0] = series.quoteVolume;
    assert.equal(liquidityOf(series).meanQuoteVolume, (a + b + c) / 3);
    assert.ok(Number.isNaN(liquidityOf(emptySeries('TRXUSDT', 0)).meanQuoteVolume));
  });
});

describe('Candidates', () => {
  const market = [
    walk('ADAUSDT', 1e6),
    walk('BTCUSDT', 9e9),
    walk('ETHUSDT', 8e9),
    // Listed ten days ago, and the third by volume.
    walk('NEWUSDT', 7e9, 10),
    // Once the greatest of all, gone for 31 days; and gone for 29, so one day counts.
    walk('OLDUSDT', 9e12, 100, asOf - 30),
    walk('PASTUSDT', 9e12, 100, asOf - 29),
  ];
  const eligible = [...market.map(({ symbol }) => symbol), 'UNKNOWNUSDT'];

  it('are all eligible symbols if there are no more than wanted, without requests', async () => {
    const exchange = memoryExchange(market);
    const source = binanceSource({ exchange, objects: memoryObjectStore(), clock, top: 7 });
    assert.deepEqual(await done(source.candidates(eligible, asOf)), eligible);
    assert.deepEqual(exchange.asked, []);
  });

  it('are the most liquid of the last 30 days, one request each', async () => {
    const exchange = memoryExchange(market);
    const source = binanceSource({ exchange, objects: memoryObjectStore(), clock, top: 4 });
    assert.deepEqual(await done(source.candidates(eligible, asOf)), [
      'BTCUSDT',
      'ETHUSDT',
      'NEWUSDT',
      'PASTUSDT',
    ]);
    assert.deepEqual(exchange.asked.map(({ symbol }) => symbol).sort(), eligible);
    assert.ok(
      exchange.asked.every(({ range }) => range.first === asOf - 29 && range.last === asOf),
    );
  });

  it('are computed from the stored bars if those are up to date', async () => {
    const exchange = memoryExchange(market);
    const source = binanceSource({ exchange, objects: memoryObjectStore(), clock, top: 4 });
    const chosen = await done(source.candidates(eligible, asOf));
    await done(source.bars(chosen, dayRange(asOf - 99, asOf)));
    exchange.asked.length = 0;
    assert.deepEqual(await done(source.candidates(eligible, asOf)), chosen);
    assert.deepEqual(exchange.asked.map(({ symbol }) => symbol).sort(), [
      'ADAUSDT',
      'OLDUSDT',
      // Kept, but its last bar is older than the day that is asked for.
      'PASTUSDT',
      'UNKNOWNUSDT',
    ]);
  });

  it('fail as a whole when one symbol could not be read', async () => {
    const exchange = memoryExchange(market);
    exchange.breaks('ADAUSDT', down('ADAUSDT'));
    const source = binanceSource({ exchange, objects: memoryObjectStore(), clock, top: 4 });
    const answer = await source.candidates(eligible, asOf)();
    assert.ok(answer._tag === 'Left');
    assert.match(
      answer.left.message,
      /^binance: expected the recent bars of 7 symbols, but 1 failed: ADAUSDT\. The first, ADAUSDT: /,
    );
  });
});
