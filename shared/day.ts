import { type EpochDay, epochDay } from './units.js';

export type { EpochDay } from './units.js';

const NO_DAY = epochDay(Number.NaN);
const MILLISECONDS_PER_DAY = 86_400_000;
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day as `YYYY-MM-DD`. */
export const isoDay = (day: EpochDay): string =>
  new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);

/** Parses `YYYY-MM-DD`; NaN if the text is not an existing date. */
export const parseIsoDay = (text: string): EpochDay => {
  if (!ISO_DAY.test(text)) return NO_DAY;
  const day = epochDay(Date.parse(`${text}T00:00:00Z`) / MILLISECONDS_PER_DAY);
  // V8 parses 2026-02-30 as March 2nd; only an exact round trip is a valid date.
  return Number.isNaN(day) || isoDay(day) !== text ? NO_DAY : day;
};

/** The UTC day that contains the instant. */
export const dayOf = (instant: Date): EpochDay =>
  epochDay(Math.floor(instant.getTime() / MILLISECONDS_PER_DAY));

/** The day a number of days after `day`; a negative number goes back. */
export const addDays = (day: EpochDay, days: number): EpochDay => epochDay(day + days);

/** The earliest of the days; with none, a day after all others. */
export const earliest = (...days: readonly EpochDay[]): EpochDay => epochDay(Math.min(...days));

/** The latest of the days; with none, a day before all others. */
export const latest = (...days: readonly EpochDay[]): EpochDay => epochDay(Math.max(...days));

/** The last day of the month that contains `day`, or of a month `monthsLater`. */
export const endOfMonth = (day: EpochDay, monthsLater = 0): EpochDay => {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  const nextMonth = date.getUTCMonth() + monthsLater + 1;
  return epochDay(Date.UTC(date.getUTCFullYear(), nextMonth, 1) / MILLISECONDS_PER_DAY - 1);
};

/** The last day of the month before the one that contains `day`. */
export const endOfPreviousMonth = (day: EpochDay): EpochDay => endOfMonth(day, -1);
