import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { decodeJson, shown } from '../../../codec/decode.js';
import { type Failure, permanent, transient } from '../../../codec/failure.js';
import { BinanceError, type Reply, type Request } from './http-messages.js';

const INVALID_SYMBOL = -1121;

const errorIn = (reply: Reply): BinanceError | undefined =>
  pipe(
    reply.body,
    decodeJson(BinanceError),
    E.match(
      () => undefined,
      (error) => error,
    ),
  );

/** The exchange's error, e.g. `HTTP 400, code -1121: "Invalid symbol."`. */
export const replyText = (reply: Reply): string => {
  const error = errorIn(reply);
  const words = error === undefined ? '' : `, code ${error.code}: ${shown(error.msg)}`;
  return `HTTP ${reply.status}${words}`;
};

/** The exchange does not list the requested symbol: Binance's error -1121. */
export const isUnknownSymbol = ({ context }: Failure): boolean =>
  context?.binanceCode === INVALID_SYMBOL;

// Binance's firewall: too many requests (transient) or a block (permanent). The reply does not say.
const FIREWALL = 403;

/** A reply that an immediate retry would not change. */
export const permanentReply = (request: Request, reply: Reply): Failure => {
  const error = errorIn(reply);
  const message = `Binance refused ${request.name}: ${replyText(reply)}`;
  const context = { status: reply.status, binanceCode: error?.code };
  if (error === undefined && reply.status === FIREWALL) {
    const advice = 'Try again later. If this continues, Binance blocks requests from this address.';
    return transient('unavailable', `${message}, from its firewall. ${advice}`, { context });
  }
  return error === undefined
    ? permanent(
        'configuration',
        `${message}, without a Binance error code. Check the base URL, and that Binance accepts requests from this address.`,
        { context },
      )
    : permanent('upstream-incomplete', `${message}. A retry would get the same reply.`, {
        context,
      });
};

/** Every attempt had a transient failure. */
export const retriesExhausted = (
  request: Request,
  tries: { readonly attempts: number; readonly milliseconds: number; readonly reason: string },
  cause?: unknown,
): Failure => {
  const { attempts, milliseconds, reason } = tries;
  const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  return transient(
    'unavailable',
    `Binance did not answer ${request.name}: ${times} in ${(milliseconds / 1000).toFixed(1)} s, the last one failed with ${reason}. Try again later.`,
    { context: { attempts, reason }, cause },
  );
};

const isoTime = (time: number): string => new Date(time).toISOString();

// The longest time that Binance documents, for a reply without a time.
const LONGEST_BAN = 3 * 86_400_000;

/** When a ban ends (ms): `Retry-After`, else the time in Binance's message. */
export const banEnd = (reply: Reply, now: number): number => {
  if (reply.retryAfter !== undefined) return now + reply.retryAfter;
  const time = /banned until (\d{13})\b/.exec(reply.body)?.[1];
  return time === undefined ? now + LONGEST_BAN : Number(time);
};

export const banned = (request: Request, reply: Reply, until: number): Failure =>
  transient(
    'unavailable',
    `Binance has banned this IP address until ${isoTime(until)} (${replyText(reply)}, to ${request.name}). No further requests are sent, because they would prolong the ban. Find out what else uses this address.`,
    { context: { status: reply.status, until: isoTime(until) } },
  );

export const retryAfterTooLong = (request: Request, reply: Reply, until: number): Failure =>
  transient(
    'unavailable',
    `Binance accepts no requests until ${isoTime(until)} (${replyText(reply)}, to ${request.name}), longer than the maximum wait. Run again after that time.`,
    { context: { status: reply.status, until: isoTime(until) } },
  );
