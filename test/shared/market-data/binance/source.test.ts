import assert from 'node:assert/strict';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { permanent, transient } from '../../../../shared/codec/failure.js';
import { memoryObjectStore } from '../../../../shared/local/memory-object-store.js';
import { binanceSource } from '../../../../shared/market-data/binance/source.js';
import { STORED_BARS } from '../../../../shared/object-keys.js';
import type { ObjectStore } from '../../../../shared/ports/object-store.js';
import { done } from '../../../contract/store-under-test.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { down, memoryExchange } from '../../../support/memory-exchange.js';
import { asOf, clockOn, left, open, range, recordsIn, symbols, walk } from './stored-market.js';

describe('The bars of the Binance source', () => {
  it('are fetched whole the first time, one request for each symbol', async () => {
    const { load, asked, progress } = open();
    const series = getOrThrow(await load());
    assert.deepEqual(
      series.map(({ symbol, day }) => [symbol, day.length, day.at(-1)]),
      symbols.map((symbol) => [symbol, 400, asOf]),
    );
    assert.deepEqual(
      asked(),
      symbols.map((symbol) => `${symbol} 2024-08-19 2025-12-31`),
    );
    assert.deepEqual(
      progress.map(({ task, done: count, total }) => [task, count, total]),
      [
        ['bars', 1, 3],
        ['bars', 2, 3],
        ['bars', 3, 3],
      ],
    );
  });

  it('are later fetched from a week before the last stored one, and equal a full fetch', async () => {
    const { load, asked, exchange, objects } = open();
    getOrThrow(await load());
    asked();
    const later = getOrThrow(await load(asOf + 31));
    assert.deepEqual(
      asked(),
      symbols.map((symbol) => `${symbol} 2025-12-24 2026-01-31`),
    );
    assert.deepEqual(later, getOrThrow(await open(memoryObjectStore(), exchange).load(asOf + 31)));
    assert.deepEqual(await recordsIn(objects), []);
  });

  it('of older stored days are not requested', async () => {
    const { load, asked } = open();
    getOrThrow(await load());
    asked();
    const earlier = getOrThrow(await load(asOf - 60, asOf - 90));
    assert.deepEqual(asked(), []);
    assert.ok(earlier.every(({ day }) => day.length === 31));
  });

  it('before the first requested day are fetched once, even if there are none', async () => {
    const { load, asked } = open();
    getOrThrow(await load(asOf, asOf - 100));
    asked();
    getOrThrow(await load(asOf, asOf - 999));
    const refetched = symbols.map((symbol) => `${symbol} 2025-12-24 2025-12-31`);
    assert.deepEqual(
      asked(),
      symbols.flatMap((symbol, index) => [
        `${symbol} 2023-04-07 2025-09-21`,
        refetched[index] ?? '',
      ]),
    );
    getOrThrow(await load(asOf, asOf - 999));
    assert.deepEqual(asked(), refetched);
  });

  it('are not written again if they have not changed', async () => {
    const { load, objects } = open();
    getOrThrow(await load());
    const before = await done(objects.list(STORED_BARS));
    getOrThrow(await load());
    assert.deepEqual(await done(objects.list(STORED_BARS)), before);
  });

  it('of a day that has not closed are requested again', async () => {
    const { exchange, objects, asked } = open();
    const source = binanceSource({ exchange, objects, clock: clockOn(asOf - 1), refetchDays: 0 });
    await done(source.bars(['BTCUSDT'], range));
    assert.deepEqual(asked(), ['BTCUSDT 2024-08-19 2025-12-30']);
  });

  it('of a symbol that the exchange no longer lists are the stored bars', async () => {
    const { exchange, objects, load } = open();
    const before = getOrThrow(await load());
    const delisted = { ...exchange, dailyBars: memoryExchange([]).dailyBars };
    const source = binanceSource({ exchange: delisted, objects, clock: clockOn(asOf) });
    assert.deepEqual(await done(source.bars(symbols, range)), before);
    assert.deepEqual(await done(source.bars(['GONEUSDT'], range)), []);
  });
});

describe('A symbol that could not be read', () => {
  it('fails the whole request; other symbols are stored, and only this one is fetched in full next time', async () => {
    const { load, asked, exchange } = open();
    exchange.breaks('BTCUSDT', down('BTCUSDT'));
    const failure = left(await load());
    assert.deepEqual(
      {
        kind: failure.kind,
        code: failure.code,
        message: failure.message,
        symbols: failure.context?.symbols,
      },
      {
        kind: 'transient',
        code: 'upstream-incomplete',
        message:
          'binance: expected the bars of 3 symbols, but 1 failed: BTCUSDT. The first, BTCUSDT: Binance did not answer klines of BTCUSDT',
        symbols: ['BTCUSDT'],
      },
    );
    asked();
    exchange.breaks('BTCUSDT', undefined);
    assert.equal(getOrThrow(await load()).length, 3);
    assert.deepEqual(asked(), [
      'ADAUSDT 2025-12-24 2025-12-31',
      'BTCUSDT 2024-08-19 2025-12-31',
      'TRXUSDT 2025-12-24 2025-12-31',
    ]);
  });

  it('because of the store is reported as a failure of the store, not of the exchange', async () => {
    const full: ObjectStore = {
      ...memoryObjectStore(),
      write: (key) => TE.left(transient('unavailable', `Could not write object ${key}: ENOSPC`)),
    };
    const { load, exchange } = open(full);
    exchange.breaks('BTCUSDT', permanent('malformed-input', 'klines of BTCUSDT: nonsense'));
    const failure = left(await load());
    assert.deepEqual([failure.kind, failure.code], ['transient', 'unavailable']);
  });

  it('permanently fails permanently', async () => {
    const { load, exchange } = open();
    exchange.breaks('BTCUSDT', permanent('malformed-input', 'klines of BTCUSDT: nonsense'));
    const failure = left(await load());
    assert.deepEqual([failure.kind, failure.code], ['permanent', 'malformed-input']);
  });

  it('after many others stops the requests: the exchange is down', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `X${index + 10}USDT`);
    const exchange = memoryExchange(names.map(walk));
    for (const name of names.slice(10)) exchange.breaks(name, down(name));
    const objects = memoryObjectStore();
    const source = binanceSource({ exchange, objects, clock: clockOn(asOf) });
    const failure = left(await source.bars(names, range)());
    assert.match(
      failure.message,
      /expected the bars of 40 symbols, but 30 failed \(\d+ of them not tried\): X20USDT, .* and 10 more\. The first, X2\dUSDT: /,
    );
    assert.deepEqual(failure.context?.symbols, names.slice(10));
    assert.ok(exchange.asked.length < 25, `${exchange.asked.length} requests`);
    assert.equal((await done(objects.list(STORED_BARS))).length, 10);
  });
});
