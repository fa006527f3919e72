import { setTimeout as delay } from 'node:timers/promises';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../codec/failure.js';
import type { Clock } from '../../ports/clock.js';
import type { BarSeries, DayRange, SymbolMetadata } from '../bars.js';
import { dailyBars } from './daily-bars.js';
import { EXCHANGE_INFO, readExchangeInfo } from './exchange-info.js';
import type { ExchangeEvent } from './http/exchange-events.js';
import { httpGet, type LimitAttempt } from './http/http-get.js';
import { sendWithRetry } from './http/send-with-retry.js';
import { type Sleep, throttle } from './http/throttle.js';

export type { ExchangeEvent } from './http/exchange-events.js';
export { isUnknownSymbol } from './http/http-errors.js';

/** Binance Spot's public market data. */
export interface Exchange {
  /** Every symbol of exchangeInfo, each once, ascending. */
  readonly metadata: () => TE.TaskEither<Failure, readonly SymbolMetadata[]>;
  /**
   * The closed daily bars of one symbol in the range: those whose close time is before the
   * clock and before the exchange's own.
   * An empty series if the exchange has none there. A symbol that the exchange does not know is a
   * permanent failure that `isUnknownSymbol` recognises. Every series satisfies `invalidBars`. Any
   * number of calls may run at a time: the client limits its requests.
   */
  readonly dailyBars: (symbol: string, range: DayRange) => TE.TaskEither<Failure, BarSeries>;
}

/** Times in milliseconds. */
export interface ExchangeOptions {
  /** E.g. `https://api.binance.com`. */
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Uniform in [0, 1); spreads the retries. */
  readonly random: () => number;
  readonly sleep?: Sleep;
  /** For one attempt, its body included. Default 30 s. */
  readonly attemptTimeout?: number;
  /** Ends an attempt whose time is up. Default: by a timer. */
  readonly limitAttempt?: LimitAttempt;
  /**
   * For all attempts at one request and the back-off between them. Default 120 s. Waits that the
   * exchange or the budget requires are not counted.
   */
  readonly totalTimeout?: number;
  /** Attempts at one request before it fails. Default 5. */
  readonly attempts?: number;
  /** Requests under way at a time. Default 6. */
  readonly concurrency?: number;
  /**
   * Request weight that may be used in any minute, by all clients on this IP address. Default 6000.
   */
  readonly weightPerMinute?: number;
  readonly onEvent?: (event: ExchangeEvent) => void;
}

const sleepUntilAborted: Sleep = (milliseconds, signal) =>
  delay(milliseconds, undefined, { signal });

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const namesAnyone = (text: string): boolean => {
  const { username, password } = new URL(text);
  return `${username}${password}` !== '';
};

/** The problems of options with which no request could be sent. */
const misconfigured = (baseUrl: string, weightPerMinute: number): Failure | undefined => {
  if (!isWebAddress(baseUrl)) {
    const message = `Binance, base URL: expected an http or https address, got ${JSON.stringify(baseUrl)}`;
    return permanent('configuration', message);
  }
  if (namesAnyone(baseUrl)) {
    // The message omits the URL: fetch rejects it with a message that would log the password.
    const message = 'Binance, base URL: expected an address without a user and a password';
    return permanent('configuration', message);
  }
  if (!(weightPerMinute >= EXCHANGE_INFO.weight)) {
    const message = `Binance, weight per minute: expected at least ${EXCHANGE_INFO.weight}, which exchangeInfo takes, got ${weightPerMinute}`;
    return permanent('configuration', message);
  }
  return undefined;
};

/**
 * The client of Binance Spot's REST API. Use one per process and IP address: it limits its own
 * requests, and learns of other clients only from the replies.
 */
export const binanceExchange = (options: ExchangeOptions): Exchange => {
  const {
    baseUrl,
    clock,
    random,
    sleep = sleepUntilAborted,
    attemptTimeout = 30_000,
    totalTimeout = 120_000,
    attempts = 5,
    concurrency = 6,
    weightPerMinute = 6000,
    onEvent = () => undefined,
  } = options;
  const failure = misconfigured(baseUrl, weightPerMinute);
  if (failure !== undefined) {
    return { metadata: () => TE.left(failure), dailyBars: () => TE.left(failure) };
  }
  const get = sendWithRetry({
    get: httpGet(baseUrl, options.limitAttempt),
    throttle: throttle({ clock, sleep, concurrency, weightPerMinute, onEvent }),
    clock,
    random,
    attemptTimeout,
    totalTimeout,
    attempts,
    onEvent,
  });
  return {
    metadata: () =>
      pipe(
        get(EXCHANGE_INFO),
        TE.chainEitherK(({ json }) => readExchangeInfo(json)),
      ),
    dailyBars: dailyBars(get, clock),
  };
};
