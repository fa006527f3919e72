import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import type { Failure } from '../../../../shared/codec/failure.js';
import { isoDay, parseIsoDay } from '../../../../shared/day.js';
import { memoryObjectStore } from '../../../../shared/local/memory-object-store.js';
import type { BarSeries } from '../../../../shared/market-data/bars.js';
import type { BarStoreEvent } from '../../../../shared/market-data/binance/bar-store.js';
import type { SymbolProgress } from '../../../../shared/market-data/binance/map-symbols.js';
import { mergeBars } from '../../../../shared/market-data/binance/merge-bars.js';
import { binanceSource } from '../../../../shared/market-data/binance/source.js';
import { sliceDays } from '../../../../shared/market-data/slice-days.js';
import { STORED_BARS } from '../../../../shared/object-keys.js';
import type { ObjectStore } from '../../../../shared/ports/object-store.js';
import { done } from '../../../contract/store-under-test.js';
import { dayRange } from '../../../support/day-range.js';
import { type MemoryExchange, memoryExchange } from '../../../support/memory-exchange.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

/** The last closed day of the market, but for what comes in the 40 days after it. */
export const asOf = parseIsoDay('2025-12-31');
export const range = dayRange(asOf - 499, asOf);
/** Half past midnight after the day. */
export const clockOn = (day: number) => () => new Date((day + 1) * 86_400_000 + 1_800_000);

export const walk = (symbol: string, seed: number): BarSeries =>
  randomWalk({ symbol, first: asOf - 399, length: 440, seed });
export const bitcoin = walk('BTCUSDT', 1);
const market = [walk('ADAUSDT', 0), bitcoin, walk('TRXUSDT', 2)];
export const symbols = market.map(({ symbol }) => symbol);

/** The series with another close on one day. */
export const corrected = (series: BarSeries, day: number, close: number): BarSeries => {
  const at = series.day.indexOf(day);
  return { ...series, close: series.close.with(at, close), high: series.high.with(at, close + 9) };
};
/** The series without the bar of a day. */
export const without = (series: BarSeries, day: number): BarSeries => {
  const last = series.day.at(-1) ?? day;
  return mergeBars(
    sliceDays(series, dayRange(0, day - 1)),
    sliceDays(series, dayRange(day + 1, last)),
  ).series;
};

/** A source over a store and an exchange, and what it has said and asked. */
export interface Opened {
  readonly exchange: MemoryExchange;
  readonly objects: ObjectStore;
  readonly events: readonly BarStoreEvent[];
  readonly progress: readonly SymbolProgress[];
  readonly load: (
    last?: number,
    first?: number,
  ) => Promise<E.Either<Failure, readonly BarSeries[]>>;
  /** What the exchange was asked since the last time, as text. */
  readonly asked: () => readonly string[];
}

export const open = (
  objects: ObjectStore = memoryObjectStore(),
  exchange: MemoryExchange = memoryExchange(market),
): Opened => {
  const events: BarStoreEvent[] = [];
  const progress: SymbolProgress[] = [];
  return {
    exchange,
    objects,
    events,
    progress,
    load: (last: number = asOf, first: number = range.first) =>
      binanceSource({
        exchange,
        objects,
        clock: clockOn(last),
        onEvent: (event) => events.push(event),
        onProgress: (one) => progress.push(one),
      }).bars(symbols, dayRange(first, last))(),
    asked: () =>
      exchange.asked
        .splice(0)
        .map((one) => `${one.symbol} ${isoDay(one.range.first)} ${isoDay(one.range.last)}`)
        .sort(),
  };
};

/** The failure of what must fail. */
export const left = <A>(answer: E.Either<Failure, A>): Failure => {
  assert.ok(E.isLeft(answer));
  return answer.left;
};
/** The records of corrections in a store. */
export const recordsIn = async (
  objects: ObjectStore,
): Promise<readonly Record<string, unknown>[]> => {
  const found = await done(objects.list(`${STORED_BARS}corrections/`));
  return Promise.all(
    found.map(async ({ key }) => {
      const object = await done(objects.read(key));
      assert.ok(O.isSome(object));
      return JSON.parse(Buffer.from(object.value.bytes).toString('utf8'));
    }),
  );
};
