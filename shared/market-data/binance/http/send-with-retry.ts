import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { parseJson } from '../../../codec/decode.js';
import { type Failure, unexpected } from '../../../codec/failure.js';
import type { Clock } from '../../../ports/clock.js';
import { backoff } from './backoff.js';
import type { ExchangeEvent } from './exchange-events.js';
import {
  banEnd,
  banned,
  permanentReply,
  replyText,
  retriesExhausted,
  retryAfterTooLong,
} from './http-errors.js';
import type { HttpGet } from './http-get.js';
import type { JsonReply, MissingReply, Reply, Request } from './http-messages.js';
import type { Throttle } from './throttle.js';

// Binance's limits are per minute; a 429 without a time means the rest of the minute.
const DEFAULT_PAUSE = 60_000;
const MAX_PAUSE = 5 * 60_000;

export interface SendOptions {
  readonly get: HttpGet;
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly random: () => number;
  readonly attemptTimeout: number;
  readonly totalTimeout: number;
  readonly attempts: number;
  readonly onEvent: (event: ExchangeEvent) => void;
}

type AttemptResult =
  | { readonly kind: 'answered'; readonly answer: JsonReply }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly reason: string; readonly cause?: unknown };

const attemptResult = (request: Request, answer: E.Either<MissingReply, Reply>): AttemptResult => {
  if (E.isLeft(answer)) return { kind: 'failed', ...answer.left };
  const reply = answer.right;
  const { status, body, madeAt } = reply;
  if (status >= 200 && status < 300) {
    return pipe(
      parseJson('reply')(body),
      E.match(
        ({ cause }): AttemptResult => ({
          kind: 'failed',
          reason: `a reply of ${body.length} characters that is not whole JSON`,
          cause,
        }),
        (json): AttemptResult => ({
          kind: 'answered',
          answer: madeAt === undefined ? { json } : { json, madeAt },
        }),
      ),
    );
  }
  // Binance uses 408 for a timeout of its own backend.
  return status === 408 || status === 429 || status >= 500
    ? { kind: 'failed', reason: replyText(reply) }
    : { kind: 'refused', failure: permanentReply(request, reply) };
};

/** Gets the JSON of a reply, with up to the allowed number of attempts. */
export const sendWithRetry = (options: SendOptions) => {
  const { get, throttle, clock, attempts, onEvent } = options;
  const now = (): number => clock().getTime();

  /** Applies a limit that one reply reported to all requests. */
  const heed = (request: Request, reply: Reply): void => {
    if (reply.status === 418) {
      const until = banEnd(reply, now());
      throttle.stopUntil(until, banned(request, reply, until));
      onEvent({ kind: 'banned', until: new Date(until) });
    }
    if (reply.status === 429) {
      const milliseconds = reply.retryAfter ?? DEFAULT_PAUSE;
      const until = now() + milliseconds;
      if (milliseconds > MAX_PAUSE) {
        throttle.stopUntil(until, retryAfterTooLong(request, reply, until));
      } else {
        throttle.pauseUntil(until);
        onEvent({ kind: 'rate-limited', request: request.name, milliseconds });
      }
    }
  };

  const run = async (request: Request): Promise<E.Either<Failure, JsonReply>> => {
    const stopped = throttle.stopped();
    let spent = 0;
    for (let attempt = 1; ; attempt += 1) {
      const sent = await throttle.send(request.weight, stopped, async () => {
        const start = now();
        const milliseconds = Math.min(options.attemptTimeout, options.totalTimeout - spent);
        const answer = await get(request, { milliseconds, stopped, now });
        spent += now() - start;
        // Before the slot is released, so that the next request already respects it.
        if (E.isRight(answer)) heed(request, answer.right);
        return answer;
      });
      if (E.isLeft(sent)) return sent;

      const verdict = attemptResult(request, sent.right);
      if (verdict.kind === 'answered') return E.right(verdict.answer);
      if (verdict.kind === 'refused') return E.left(verdict.failure);

      const { reason, cause } = verdict;
      const isRateLimited = E.isRight(sent.right) && sent.right.right.status === 429;
      const milliseconds = isRateLimited ? 0 : backoff(attempt, options.random);
      if (attempt >= attempts || spent + milliseconds >= options.totalTimeout) {
        return E.left(
          retriesExhausted(request, { attempts: attempt, milliseconds: spent, reason }, cause),
        );
      }
      if (isRateLimited) continue;
      onEvent({ kind: 'retry', request: request.name, reason, attempt, attempts, milliseconds });
      await throttle.wait(milliseconds, stopped);
      spent += milliseconds;
    }
  };

  return (request: Request): TE.TaskEither<Failure, JsonReply> =>
    pipe(
      TE.tryCatch(() => run(request), unexpected),
      TE.chainEitherK((answer) => answer),
    );
};
