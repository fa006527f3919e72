import type { DateRange } from '../ranking/cross-section.js';
import type { Panel } from '../ranking/panel.js';
import { type Cadence, scheduleDates } from '../ranking/universe/schedule.js';
import { type CalendarPosition, calendarPosition } from '../units.js';

/** The schedule of a part of the calendar, as if it had no other dates: it includes the first. */
export const scheduleWithin = (
  panel: Panel,
  range: DateRange,
  cadence: Cadence,
): readonly CalendarPosition[] =>
  Array.from(scheduleDates(panel.calendar.subarray(range.first, range.last + 1), cadence), (date) =>
    calendarPosition(date + range.first),
  );
