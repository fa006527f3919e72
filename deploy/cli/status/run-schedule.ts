import {
  dayOf,
  type EpochDay,
  endOfPreviousMonth,
  isoDay,
  parseIsoDay,
} from '../../../shared/day.js';

/** Cloud Scheduler requests the run this many minutes after midnight (UTC) of the 1st. */
const MINUTES_AFTER_MIDNIGHT = 30;
const MINUTE = 60_000;
/** A run is late when it takes longer than this. */
const GRACE_PERIOD = 60 * MINUTE;

const scheduledAt = (year: number, month: number): Date =>
  new Date(Date.UTC(year, month, 1, 0, MINUTES_AFTER_MIDNIGHT));

/** The next time at which a monthly run is requested. */
export const nextRun = (now: Date): Date => {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const thisMonth = scheduledAt(year, month);
  return thisMonth > now ? thisMonth : scheduledAt(year, month + 1);
};

/** A requested month and the time at which it becomes late. */
export interface ExpectedRun {
  readonly asOfDate: string;
  readonly by: Date;
}

/** The month that may still be running; undefined outside the grace period and after promotion. */
export const expectedRun = (now: Date, frontier: string | null): ExpectedRun | undefined => {
  const scheduled = scheduledAt(now.getUTCFullYear(), now.getUTCMonth());
  const by = new Date(scheduled.getTime() + GRACE_PERIOD);
  if (now < scheduled || now >= by) return undefined;
  const day = endOfPreviousMonth(dayOf(now));
  return frontier !== null && parseIsoDay(frontier) >= day
    ? undefined
    : { asOfDate: isoDay(day), by };
};

/** The last day of the newest month that should have been released by now. */
export const dueDay = (now: Date): EpochDay => {
  const due = new Date(now.getTime() - GRACE_PERIOD - MINUTES_AFTER_MIDNIGHT * MINUTE);
  return endOfPreviousMonth(dayOf(due));
};

/** Whether that month's release is missing; `frontier` is the newest date ever promoted. */
export const isLate = (now: Date, frontier: string | null): boolean =>
  frontier === null || parseIsoDay(frontier) < dueDay(now);
