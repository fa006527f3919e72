import { DeadlineExceeded } from '../with-timeout.js';

/**
 * Repeats a request that times out, until the signal aborts. The request itself must throw a
 * DeadlineExceeded; its timeout is the only pause between two attempts.
 */
export const untilAnswered = async <A>(
  signal: AbortSignal,
  request: () => Promise<A>,
): Promise<A> => {
  while (true) {
    signal.throwIfAborted();
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof DeadlineExceeded)) throw error;
    }
  }
};
