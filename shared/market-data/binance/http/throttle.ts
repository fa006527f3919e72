import { setMaxListeners } from 'node:events';
import * as E from 'fp-ts/lib/Either.js';
import pLimit from 'p-limit';
import type { Failure } from '../../../codec/failure.js';
import type { Clock } from '../../../ports/clock.js';
import type { ExchangeEvent } from './exchange-events.js';
import type { Usage } from './http-messages.js';
import { weightBudget } from './weight-budget.js';

/** Waits; ends early, resolved or rejected, once the signal aborts. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface ThrottleOptions {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly concurrency: number;
  readonly weightPerMinute: number;
  readonly onEvent: (event: ExchangeEvent) => void;
}

/** The state that all requests to one exchange share: slots, budget, pauses and bans. */
export interface Throttle {
  /** Aborts for all requests that have begun once `stopUntil` is called. */
  readonly stopped: () => AbortSignal;
  /** Sends as soon as there is a slot, weight and no pause, or returns why nothing is sent. */
  readonly send: <A extends { readonly usage?: Usage }, B>(
    weight: number,
    stopped: AbortSignal,
    attempt: () => Promise<E.Either<B, A>>,
  ) => Promise<E.Either<Failure, E.Either<B, A>>>;
  /** Waits; ends early if all requests are stopped. */
  readonly wait: (milliseconds: number, stopped: AbortSignal) => Promise<void>;
  /** No request is sent before this time (ms); requests wait. */
  readonly pauseUntil: (time: number) => void;
  /** No request is sent before this time (ms); requests fail, waiting ones at once. */
  readonly stopUntil: (time: number, failure: Failure) => void;
}

const WORTH_TELLING = 1000;

/** Node warns of a leak at the eleventh listener, but every request that waits is one. */
const stopper = (): AbortController => {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
};

export const throttle = (options: ThrottleOptions): Throttle => {
  const { clock, sleep, onEvent } = options;
  const limit = pLimit(options.concurrency);
  const budget = weightBudget(options.weightPerMinute);
  const now = (): number => clock().getTime();
  let pausedUntil = 0;
  let budgetWait = 0;
  let stop = stopper();
  let stopFor: { readonly until: number; readonly failure: Failure } | undefined;

  const whyStopped = (stopped: AbortSignal): Failure | undefined =>
    stopFor !== undefined && (stopped.aborted || now() < stopFor.until)
      ? stopFor.failure
      : undefined;

  const wait = async (milliseconds: number, stopped: AbortSignal): Promise<void> => {
    try {
      await sleep(milliseconds, stopped);
    } catch (cause) {
      if (!stopped.aborted) throw cause;
    }
  };

  const tellBudgetWait = (until: number): void => {
    // Every slot waits for the same weight, which becomes available in small portions.
    if (until < budgetWait + WORTH_TELLING || until < now() + WORTH_TELLING) return;
    budgetWait = until;
    onEvent({ kind: 'budget-wait', milliseconds: until - now() });
  };

  return {
    stopped: () => stop.signal,
    wait,
    pauseUntil: (time) => {
      pausedUntil = Math.max(pausedUntil, time);
    },
    stopUntil: (until, failure) => {
      stopFor = { until, failure };
      stop.abort();
      stop = stopper();
    },
    send: (weight, stopped, attempt) =>
      limit(async () => {
        for (;;) {
          const failure = whyStopped(stopped);
          if (failure !== undefined) return E.left(failure);
          if (now() < pausedUntil) {
            await wait(pausedUntil - now(), stopped);
            continue;
          }
          const lease = budget.take(weight, now());
          if (typeof lease === 'number') {
            tellBudgetWait(lease);
            await wait(lease - now(), stopped);
            continue;
          }
          const answer = await attempt();
          budget.settle(lease, now(), E.isRight(answer) ? answer.right.usage : undefined);
          const late = whyStopped(stopped);
          return late === undefined ? E.right(answer) : E.left(late);
        }
      }),
  };
};
