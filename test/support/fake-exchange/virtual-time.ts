import type { Clock } from '../../../shared/ports/clock.js';

export interface VirtualTime {
  readonly clock: Clock;
  /** Waits of this time, in the order in which they began. */
  readonly waits: readonly number[];
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Lets time pass while nothing else happens, until the work is done. */
  readonly until: <A>(work: Promise<A>) => Promise<A>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * A clock that moves only when everyone sleeps, to the time at which the first one wakes. Work that
 * waits for a socket is no sleeper: tests with one let sleep pass at once, by `hasty`.
 */
export const virtualTime = (start: string, { hasty = false } = {}): VirtualTime => {
  let now = Date.parse(start);
  const waits: number[] = [];
  const sleepers = new Set<Sleeper>();
  return {
    clock: () => new Date(now),
    waits,
    sleep: (milliseconds, signal) => {
      waits.push(milliseconds);
      if (hasty) now += milliseconds;
      if (hasty || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper: Sleeper = {
          at: now + milliseconds,
          wake: () => {
            sleepers.delete(sleeper);
            signal.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        signal.addEventListener('abort', sleeper.wake);
        sleepers.add(sleeper);
      });
    },
    until: async (work) => {
      let done = false;
      const finished = work.finally(() => {
        done = true;
      });
      // Told to the caller, which awaits it below.
      finished.catch(() => undefined);
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (done) return finished;
        const times = [...sleepers].map(({ at }) => at);
        if (times.length === 0) continue;
        now = Math.min(...times);
        for (const sleeper of [...sleepers]) if (sleeper.at === now) sleeper.wake();
      }
    },
  };
};
