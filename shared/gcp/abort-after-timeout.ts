import { withTimeout } from '../with-timeout.js';

/** As `within`; the signal tells a task that has taken too long to stop. */
export const abortedAfter = async <A>(
  milliseconds: number,
  task: (signal: AbortSignal) => Promise<A>,
): Promise<A> => {
  const controller = new AbortController();
  try {
    return await withTimeout(milliseconds, task(controller.signal));
  } catch (error) {
    controller.abort(error);
    throw error;
  }
};
