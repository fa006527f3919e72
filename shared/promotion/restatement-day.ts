import { type EpochDay, endOfMonth, endOfPreviousMonth } from '../day.js';

/**
 * The date under which a membership can be published again: the newest day, not after today (UTC),
 * that is newer than every date ever promoted (`frontier`) and older than the month-end that is
 * still to be released. That date belongs to the month's own run, which would find its release
 * written, or itself superseded. Undefined where no such day is left: the month comes first.
 */
export const restatementDay = (today: EpochDay, frontier: EpochDay): EpochDay | undefined => {
  const last = endOfPreviousMonth(today);
  const coming = frontier < last ? last : endOfMonth(today);
  const day = Math.min(today, coming - 1);
  return day > frontier ? day : undefined;
};
