/** How far something has come, in steps of its own size. */
export interface ProgressCount {
  /** What is counted, e.g. `windows`. */
  readonly what: string;
  readonly done: number;
  readonly total: number;
  /** The one that was done last. */
  readonly item?: string;
}

/**
 * Milliseconds that are left if it goes on as it went; nothing before anything was measured. Of a
 * clock that was set back nothing can be told, either.
 */
export const etaMilliseconds = (elapsed: number, fraction: number): number | undefined => {
  if (!(elapsed > 0) || !(fraction > 0)) return undefined;
  return fraction >= 1 ? 0 : Math.round((elapsed * (1 - fraction)) / fraction);
};

/**
 * Tells what is left of one count after the other: another subject, or fewer than before, begins a new
 * one.
 */
export const etaEstimator = (
  stopwatch: () => number,
): ((count: ProgressCount) => number | undefined) => {
  let begun: (ProgressCount & { readonly at: number }) | undefined;
  let last = 0;
  return (count) => {
    const now = stopwatch();
    if (begun === undefined || begun.what !== count.what || count.done < last)
      begun = { ...count, at: now };
    last = count.done;
    const fraction = (count.done - begun.done) / (count.total - begun.done);
    return etaMilliseconds(now - begun.at, fraction);
  };
};

const MINUTE = 60_000;

/** In words that are short and true: 940 ms, 8.3 s, 2 min 5 s, 1 h 20 min. */
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
