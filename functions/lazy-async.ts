/**
 * Starts on the first call. Concurrent calls share that start. A failed start is discarded, so that
 * the next call starts again.
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
