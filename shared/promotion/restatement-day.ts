import { addDays, type EpochDay, earliest, endOfMonth, endOfPreviousMonth } from '../day.js';

/**
 * The date for publishing a membership again: the newest day, not after today (UTC), that is newer
 * than every date ever promoted (`frontier`) and older than the next month-end to be released. A
 * restatement on that month-end would make the monthly run conflict with it or be superseded.
 * Undefined if no such day is left; the monthly run must come first.
 */
export const restatementDay = (today: EpochDay, frontier: EpochDay): EpochDay | undefined => {
  const lastMonthEnd = endOfPreviousMonth(today);
  const nextMonthEnd = frontier < lastMonthEnd ? lastMonthEnd : endOfMonth(today);
  const day = earliest(today, addDays(nextMonthEnd, -1));
  return day > frontier ? day : undefined;
};
