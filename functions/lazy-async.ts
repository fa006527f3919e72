/**
 * Starts on the first call. Calls that come meanwhile share that start; a start that failed is
 * forgotten, so that the next call starts again.
 */
export const lazyAsync = <A>(start: () => Promise<A>): (() => Promise<A>) => {
  let started: Promise<A> | undefined;
  return () => {
    started ??= start().catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    return started;
  };
};
