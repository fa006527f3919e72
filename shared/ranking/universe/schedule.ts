import type { EpochDay } from '../../day.js';
import { intAt } from '../../typed-arrays.js';
import { epochDay } from '../../units.js';

export type Cadence = 'monthly' | 'weekly' | 'daily';

const MILLISECONDS_PER_DAY = 86_400_000;

const monthOf = (day: EpochDay): number => {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

// 1970-01-01 was a Thursday, the fourth day of its Monday-to-Sunday week.
const weekOf = (day: EpochDay): number => Math.floor((day + 3) / 7);

const periodOf: Readonly<Record<Cadence, (day: EpochDay) => number>> = {
  monthly: monthOf,
  weekly: weekOf,
  daily: (day) => day,
};

/**
 * The dates (positions in the ascending calendar) of a schedule: the last one of every period
 * present, and the first of all (METHOD §5.3). So the final date is always in it, even in the
 * middle of a period: an as-of build refreshes on its as-of date.
 */
export const scheduleDates = (calendar: Int32Array, cadence: Cadence): Int32Array => {
  const period = periodOf[cadence];
  const dates: number[] = [];
  for (let date = 0; date < calendar.length; date += 1) {
    const next = calendar[date + 1];
    const closes =
      next === undefined || period(epochDay(intAt(calendar, date))) !== period(epochDay(next));
    if (closes || date === 0) dates.push(date);
  }
  return Int32Array.from(dates);
};
