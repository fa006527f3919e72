import * as t from 'io-ts';

/** One GET of the exchange. */
export interface Request {
  /** Below the base URL, e.g. `api/v3/klines`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Its weight in the budget per minute. */
  readonly weight: number;
  /** Its name in messages, e.g. `klines of BTCUSDT from 2024-01-01`. */
  readonly name: string;
}

/** A complete HTTP reply of any status. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Milliseconds, from `Retry-After`. */
  readonly retryAfter?: number;
  /** The exchange's time of the reply (ms), from `Date`, which counts whole seconds. */
  readonly madeAt?: number;
  readonly usage?: Usage;
}

/** The exchange's report on its current minute. */
export interface Usage {
  /** Weight used by all clients on this IP address, from `X-MBX-USED-WEIGHT-1M`. */
  readonly weight: number;
  /** Milliseconds from the reply until that minute is certainly over, from `Date`. */
  readonly resetsIn: number;
}

/** The JSON of a successful reply. */
export interface JsonReply extends Pick<Reply, 'madeAt'> {
  readonly json: unknown;
}

/** No complete reply: the connection failed or the timeout expired. */
export interface MissingReply {
  /** Completes "failed with …". */
  readonly reason: string;
  readonly cause: unknown;
}

/** The body of Binance's error replies. */
export const BinanceError = t.type({ code: t.number, msg: t.string }, 'BinanceError');
export type BinanceError = t.TypeOf<typeof BinanceError>;
