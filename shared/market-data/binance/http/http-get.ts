import * as E from 'fp-ts/lib/Either.js';
import ky from 'ky';
import type { MissingReply, Reply, Request, Usage } from './http-messages.js';

const wholeNumber = (text: string | null): number | undefined =>
  text !== null && /^\d+$/.test(text) ? Number(text) : undefined;

// Longer than every wait that Binance imposes, and still valid for a Date.
const LONGEST_RETRY_AFTER = 30 * 86_400_000;

/** Seconds or an HTTP date, as milliseconds from now. */
const retryAfterOf = (text: string | null, now: number): number | undefined => {
  const delay = wholeNumber(text);
  if (delay !== undefined) return Math.min(delay * 1000, LONGEST_RETRY_AFTER);
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

const MINUTE = 60_000;

const madeAtOf = (headers: Response['headers']): number | undefined => {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date;
};

/**
 * The exchange's clock reads at least `madeAt` when the reply arrives; without it, a whole minute.
 */
const usageOf = (headers: Response['headers'], madeAt: number | undefined): Usage | undefined => {
  const weight = wholeNumber(headers.get('x-mbx-used-weight-1m'));
  const resetsIn = madeAt === undefined ? MINUTE : MINUTE - (madeAt % MINUTE);
  return weight === undefined ? undefined : { weight, resetsIn };
};

/** The code of the network error that fetch wraps, e.g. `ECONNRESET`, else its words. */
const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.cause instanceof Error) return reasonOf(cause.cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
};

export type HttpGet = (
  request: Request,
  limits: {
    readonly milliseconds: number;
    readonly stopped: AbortSignal;
    readonly now: () => number;
  },
) => Promise<E.Either<MissingReply, Reply>>;

/**
 * Calls `timeIsUp` once the time of an attempt has passed, unless what it returns is called before.
 */
export type LimitAttempt = (
  request: Request,
  milliseconds: number,
  timeIsUp: () => void,
) => () => void;

const byTimer: LimitAttempt = (_request, milliseconds, timeIsUp) => {
  const timer = setTimeout(timeIsUp, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * One attempt, with a timeout that includes the body. ky's timeout ends with the headers, and its
 * retries ignore the budget and the other requests, so both are disabled.
 */
export const httpGet = (baseUrl: string, limitAttempt = byTimer): HttpGet => {
  const client = ky.create({
    prefix: baseUrl,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  });
  return async (request, { milliseconds, stopped, now }) => {
    const { path, query } = request;
    const controller = new AbortController();
    const timeUp = new Error(`no complete reply within ${milliseconds} ms`);
    const inTime = limitAttempt(request, milliseconds, () => controller.abort(timeUp));
    const stop = (): void => controller.abort(stopped.reason);
    stopped.addEventListener('abort', stop, { once: true });
    // Also raced: a body that has begun does not always end when its request is aborted.
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
    });
    const reply = async (): Promise<Reply> => {
      const response = await client.get(path, { searchParams: query, signal: controller.signal });
      const retryAfter = retryAfterOf(response.headers.get('retry-after'), now());
      const madeAt = madeAtOf(response.headers);
      const usage = usageOf(response.headers, madeAt);
      return {
        status: response.status,
        body: await response.text(),
        ...(retryAfter === undefined ? {} : { retryAfter }),
        ...(madeAt === undefined ? {} : { madeAt }),
        ...(usage === undefined ? {} : { usage }),
      };
    };
    try {
      return E.right(await Promise.race([reply(), aborted]));
    } catch (cause) {
      const { aborted: isLate } = controller.signal;
      const reason = isLate ? timeUp.message : `a broken connection (${reasonOf(cause)})`;
      return E.left({ reason, cause });
    } finally {
      inTime();
      stopped.removeEventListener('abort', stop);
    }
  };
};
