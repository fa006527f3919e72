/** Progress of a task, in steps. */
export interface ProgressCount {
  /** What is counted, e.g. `windows`. */
  readonly what: string;
  readonly done: number;
  readonly total: number;
  /** The item that was finished last. */
  readonly item?: string;
}

/**
 * Remaining milliseconds at the speed so far; undefined if no time has elapsed, the clock was set
 * back, or no step is done.
 */
export const etaMilliseconds = (elapsed: number, fraction: number): number | undefined => {
  if (!(elapsed > 0) || !(fraction > 0)) return undefined;
  return fraction >= 1 ? 0 : Math.round((elapsed * (1 - fraction)) / fraction);
};

/**
 * Estimates the remaining time of successive counts. A different subject or a smaller count starts
 * a new measurement.
 */
export const etaEstimator = (
  stopwatch: () => number,
): ((count: ProgressCount) => number | undefined) => {
  let first: (ProgressCount & { readonly at: number }) | undefined;
  let last = 0;
  return (count) => {
    const now = stopwatch();
    if (first === undefined || first.what !== count.what || count.done < last)
      first = { ...count, at: now };
    last = count.done;
    const fraction = (count.done - first.done) / (count.total - first.done);
    return etaMilliseconds(now - first.at, fraction);
  };
};

const MINUTE = 60_000;

/** E.g. 940 ms, 8.3 s, 2 min 5 s, 1 h 20 min. */
export const durationText = (milliseconds: number): string => {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < MINUTE - 50) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
};

/** E.g. `bars 12/63 TRXUSDT, about 8.3 s left`. */
export const progressText = (
  { what, done, total, item }: ProgressCount,
  left: number | undefined,
): string => {
  const eta = left === undefined || done >= total ? '' : `, about ${durationText(left)} left`;
  return `${what} ${done}/${total}${item === undefined ? '' : ` ${item}`}${eta}`;
};
