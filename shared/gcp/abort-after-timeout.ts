import { withTimeout } from '../with-timeout.js';

/** Like `withTimeout`, but also aborts the signal, so that the task stops after the timeout. */
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
