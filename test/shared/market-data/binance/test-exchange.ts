import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../../../shared/codec/failure.js';
import { parseIsoDay } from '../../../../shared/day.js';
import type { BarSeries, DayRange } from '../../../../shared/market-data/bars.js';
import {
  binanceExchange,
  type Exchange,
  type ExchangeEvent,
  type ExchangeOptions,
} from '../../../../shared/market-data/binance/exchange.js';
import type { LimitAttempt } from '../../../../shared/market-data/binance/http/http-get.js';
import {
  type FakeExchange,
  type FakeExchangeOptions,
  fakeExchange,
} from '../../../support/fake-exchange/fake-exchange.js';
import { type VirtualTime, virtualTime } from '../../../support/fake-exchange/virtual-time.js';

export const NOW = '2026-01-01T00:30:00Z';

export interface Asked {
  readonly fake: FakeExchange;
  readonly exchange: Exchange;
  readonly time: VirtualTime;
  readonly events: readonly ExchangeEvent[];
}

const running: FakeExchange[] = [];

/**
 * Time is up for an attempt as soon as the exchange has left it without its reply, and not before.
 */
const timeUpInSilence = () => {
  const waiting = new Map<() => void, Parameters<LimitAttempt>[0]>();
  const limitAttempt: LimitAttempt = (request, _milliseconds, timeIsUp) => {
    waiting.set(timeIsUp, request);
    return () => waiting.delete(timeIsUp);
  };
  const onHang: FakeExchangeOptions['onHang'] = (path, symbol) => {
    for (const [timeIsUp, request] of waiting)
      if (request.path.endsWith(path) && request.query.symbol === symbol) timeIsUp();
  };
  return { limitAttempt, onHang };
};

/**
 * A fake exchange and its client on one clock; waits pass at once, back-off takes 3/4 of its most.
 */
export const asking = async (
  fakeOptions: FakeExchangeOptions,
  options: Partial<ExchangeOptions> = {},
): Promise<Asked> => {
  const time = virtualTime(NOW, { hasty: true });
  const { limitAttempt, onHang } = timeUpInSilence();
  const fake = await fakeExchange({ now: time.clock, onHang, ...fakeOptions });
  running.push(fake);
  const events: ExchangeEvent[] = [];
  const exchange = binanceExchange({
    baseUrl: fake.url,
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0.5,
    limitAttempt,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { fake, exchange, time, events };
};

export const closeAll = async (): Promise<void> => {
  await Promise.all(running.splice(0).map((fake) => fake.close()));
};

export const range = (first: string, last: string): DayRange => ({
  first: parseIsoDay(first),
  last: parseIsoDay(last),
});

/** The failure of a task that must fail. */
export const failureOf = async <A>(task: TaskEither<Failure, A>): Promise<Failure> => {
  const result = await task();
  if (E.isRight(result)) assert.fail('it succeeded');
  return result.left;
};

/** Columns as plain lists, for comparisons that show what differs. */
export const plain = (series: BarSeries) => ({
  symbol: series.symbol,
  day: [...series.day],
  open: [...series.open],
  high: [...series.high],
  low: [...series.low],
  close: [...series.close],
  volume: [...series.volume],
  quoteVolume: [...series.quoteVolume],
});
