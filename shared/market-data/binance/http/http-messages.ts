import * as t from 'io-ts';

/** One GET of the exchange. */
export interface Request {
  /** Below the base URL, e.g. `api/v3/klines`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** What it costs of the budget per minute. */
  readonly weight: number;
  /** Names it in sentences, e.g. `klines of BTCUSDT from 2024-01-01`. */
  readonly name: string;
}

/** A complete HTTP reply of any status. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Milliseconds, from `Retry-After`. */
  readonly retryAfter?: number;
  /** When it was made by the exchange's clock (ms), from `Date`, which counts whole seconds. */
  readonly madeAt?: number;
  readonly usage?: Usage;
}

/** What the exchange says of its present minute. */
export interface Usage {
  /** Weight used by everyone on this IP address, from `X-MBX-USED-WEIGHT-1M`. */
  readonly weight: number;
  /** Milliseconds from the reply until that minute is certainly over, from `Date`. */
  readonly resetsIn: number;
}

/** The JSON of a reply that does not refuse. */
export interface JsonReply extends Pick<Reply, 'madeAt'> {
  readonly json: unknown;
}

/** No complete reply came: the connection failed or the time was up. */
export interface MissingReply {
  /** Completes "failed with …". */
  readonly reason: string;
  readonly cause: unknown;
}

/** The body of every reply of Binance that refuses. */
export const BinanceError = t.type({ code: t.number, msg: t.string }, 'BinanceError');
export type BinanceError = t.TypeOf<typeof BinanceError>;
