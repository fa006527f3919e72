import { DeadlineExceeded } from '../with-timeout.js';

/**
 * Makes a request again as often as nothing answers it in time, until the signal ends that. The
 * request itself must throw a DeadlineExceeded, which is the only pause between two tries.
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
