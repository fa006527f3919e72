import assert from 'node:assert/strict';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { permanent } from '../../../../shared/codec/failure.js';
import type { BarSeries } from '../../../../shared/market-data/bars.js';
import { binanceSource } from '../../../../shared/market-data/binance/source.js';
import { STORED_BARS, storedBarsKey } from '../../../../shared/object-keys.js';
import type { ObjectStore } from '../../../../shared/ports/object-store.js';
import { done } from '../../../contract/store-under-test.js';
import { accompanied } from '../../../support/faulty-stores.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { type MemoryExchange, memoryExchange } from '../../../support/memory-exchange.js';
import {
  asOf,
  bitcoin,
  clockOn,
  corrected,
  left,
  open,
  range,
  recordsIn,
  without,
} from './stored-market.js';

describe('A bar that the exchange corrects', () => {
  const day = asOf - 3;
  const change = (close: number) => corrected(bitcoin, day, close);
  const closeOf = (series: BarSeries | undefined): number | undefined =>
    series?.close[series.day.indexOf(day)];

  it('replaces the stored one and is recorded', async () => {
    const { load, exchange, objects, events } = open();
    const before = getOrThrow(await load());
    exchange.set(change(4321));
    const after = getOrThrow(await load());
    assert.equal(closeOf(after[1]), 4321);
    assert.deepEqual([after[0], after[2]], [before[0], before[2]]);
    const old = closeOf(before[1]);
    const oldHigh = before[1]?.high[before[1].day.indexOf(day)];
    assert.deepEqual(await recordsIn(objects), [
      {
        schema_version: 1,
        symbol: 'BTCUSDT',
        day: '2025-12-28',
        generation: 1,
        changes: [
          { field: 'high', old: oldHigh, new: 4330 },
          { field: 'close', old, new: 4321 },
        ],
        noticed_at: '2026-01-01T00:30:00+00:00',
      },
    ]);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['corrected'],
    );
    assert.deepEqual(getOrThrow(await load()), after);
    assert.equal((await recordsIn(objects)).length, 1);
  });

  it('back and forth is recorded each time', async () => {
    const { load, exchange, objects } = open();
    getOrThrow(await load());
    for (const close of [1000, 2000, 1000, 2000]) {
      exchange.set(change(close));
      assert.equal(closeOf(getOrThrow(await load())[1]), close);
    }
    const records = await recordsIn(objects);
    assert.deepEqual(records.map(({ generation }) => generation).sort(), [1, 2, 3, 4]);
  });

  it('is recorded once, though the process died between the record and the bars', async () => {
    const { load, exchange, objects } = open();
    getOrThrow(await load());
    exchange.set(change(4321));
    const dies: ObjectStore = {
      ...objects,
      write: (key, bytes, options) =>
        key === storedBarsKey('BTCUSDT')
          ? TE.left(permanent('unavailable', 'it is down'))
          : objects.write(key, bytes, options),
    };
    left(await open(dies, exchange).load());
    assert.equal((await recordsIn(objects)).length, 1);
    assert.equal(closeOf(getOrThrow(await load())[1]), 4321);
    assert.equal((await recordsIn(objects)).length, 1);
  });

  it('that is missing later is treated as a fault of the response', async () => {
    const { load, exchange, objects } = open();
    getOrThrow(await load());
    const before = await done(objects.list(STORED_BARS));
    exchange.set(without(bitcoin, day));
    const failure = left(await load());
    assert.equal(failure.kind, 'transient');
    assert.equal(failure.code, 'upstream-incomplete');
    assert.match(
      failure.message,
      /BTCUSDT: expected its bar of 2025-12-28, which is kept, but the exchange has none\. If/,
    );
    assert.deepEqual(await done(objects.list(STORED_BARS)), before);
  });
});

describe('A damaged object of stored bars', () => {
  it('is reported, not used, and replaced by bars that are fetched again', async () => {
    const { load, asked, objects, events } = open();
    const before = getOrThrow(await load());
    asked();
    const key = storedBarsKey('BTCUSDT');
    const object = await done(objects.read(key));
    assert.ok(O.isSome(object));
    const { bytes, generation, metadata } = object.value;
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    await done(
      objects.write(key, bytes, { ifGenerationMatch: generation, contentType: '', metadata }),
    );
    assert.deepEqual(getOrThrow(await load()), before);
    assert.deepEqual(asked(), [
      'ADAUSDT 2025-12-24 2025-12-31',
      'BTCUSDT 2024-08-19 2025-12-31',
      'TRXUSDT 2025-12-24 2025-12-31',
    ]);
    assert.equal(events.length, 1);
    const [event] = events;
    assert.ok(event?.kind === 'damaged');
    assert.equal(event.key, key);
    assert.match(event.reason, /^expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}$/);
    getOrThrow(await load());
    assert.equal(events.length, 1, 'it is whole again');
    assert.deepEqual(await recordsIn(objects), []);
  });
});

describe('Two loads at once on one store', () => {
  it('both get all bars, and the store holds them', async () => {
    const { objects, exchange } = open();
    const answers = await Promise.all([0, 1].map(() => open(objects, exchange).load()));
    const [one, two] = answers.map(getOrThrow);
    assert.deepEqual(one, two);
    assert.deepEqual(getOrThrow(await open(objects, exchange).load()), one);
  });

  it('lose no correction: the slower one restarts and reads what the other has written', async () => {
    const { objects, exchange, load } = open();
    getOrThrow(await load());
    // The other sees an older correction and writes first; ours has the newer one.
    const older = memoryExchange([corrected(bitcoin, asOf - 3, 1111)]);
    exchange.set(corrected(bitcoin, asOf - 3, 2222));
    let hasRun = false;
    const contended = accompanied(objects, {
      before: async (key) => {
        if (key !== storedBarsKey('BTCUSDT') || hasRun) return;
        hasRun = true;
        const other = binanceSource({ exchange: older, objects, clock: clockOn(asOf) });
        await done(other.bars(['BTCUSDT'], range));
      },
    });
    const series = getOrThrow(await open(contended, exchange).load());
    assert.equal(series[1]?.close.at(-4), 2222);
    const closes = (await recordsIn(objects)).map(({ generation, changes }) => [
      generation,
      (changes as { field: string; new: number }[]).find(({ field }) => field === 'close')?.new,
    ]);
    assert.deepEqual(closes.sort(), [
      [1, 1111],
      [1, 2222],
      [2, 2222],
    ]);
  });

  it('fail after several attempts if another process always writes first', async () => {
    const { objects, exchange, load } = open();
    getOrThrow(await load());
    let close = 1000;
    const contended = accompanied(objects, {
      before: async (key) => {
        if (key !== storedBarsKey('BTCUSDT')) return;
        const object = await done(objects.read(key));
        assert.ok(O.isSome(object));
        const { bytes, generation, metadata } = object.value;
        await done(
          objects.write(key, bytes, { ifGenerationMatch: generation, contentType: '', metadata }),
        );
      },
    });
    const changing: MemoryExchange = {
      ...exchange,
      dailyBars: (symbol, asked) => {
        close += 1;
        return memoryExchange([corrected(bitcoin, asOf - 3, close)]).dailyBars(symbol, asked);
      },
    };
    const source = binanceSource({ exchange: changing, objects: contended, clock: clockOn(asOf) });
    const failure = left(await source.bars(['BTCUSDT'], range)());
    assert.match(
      failure.message,
      /BTCUSDT: its kept bars changed 5 times while they were being completed/,
    );
    assert.equal(failure.kind, 'transient');
  });
});
