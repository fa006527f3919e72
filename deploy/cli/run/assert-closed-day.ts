import { dayOf, parseIsoDay } from '../../../shared/day.js';
import { UsageError } from '../terminal/usage-error.js';
import type { RunOptions } from './options.js';
import { runClock } from './run-config.js';

/** Rejects a day that has not closed before the run begins; ingest checks it again. */
export const assertClosedDay = (options: RunOptions): void => {
  const { as_of_date } = options;
  const now = runClock(options)();
  if (as_of_date !== undefined && parseIsoDay(as_of_date) >= dayOf(now))
    throw new UsageError(
      `--as-of-date: expected a day that has closed (UTC), got ${as_of_date} at ${now.toISOString()}`,
    );
};
