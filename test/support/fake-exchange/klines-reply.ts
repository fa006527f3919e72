import type { FakeBars } from './fake-bars.js';

const DEFAULT_LIMIT = 500;
const HIGHEST_LIMIT = 1000;

/** The place of the first time that is at least `time`. */
const placeOf = (times: readonly number[], time: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The body of a klines reply: the rows that open from `startTime` to `endTime`, the oldest `limit`
 * of them, or the newest without `startTime`. A bar that has not opened yet is not there; one that
 * is open is, with the values that its row states.
 */
export const klinesReply = (
  bars: FakeBars | undefined,
  query: URLSearchParams,
  now: number,
): string => {
  if (bars === undefined) return '[]';
  const start = query.get('startTime');
  const end = Math.min(Number(query.get('endTime') ?? now), now);
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_LIMIT), HIGHEST_LIMIT);
  const after = placeOf(bars.openTimes, end + 1);
  const first =
    start === null ? Math.max(0, after - limit) : placeOf(bars.openTimes, Number(start));
  return `[${bars.rows.slice(first, Math.min(after, first + limit)).join(',')}]`;
};
