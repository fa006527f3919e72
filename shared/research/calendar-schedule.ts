import type { DateRange } from '../ranking/cross-section.js';
import type { Panel } from '../ranking/panel.js';
import { type Cadence, scheduleDates } from '../ranking/universe/schedule.js';

export const wholeCalendar = (panel: Panel): DateRange => ({
  first: 0,
  last: panel.calendar.length - 1,
});

/** The schedule of a part of the calendar, as if it had no other dates: it includes the first. */
export const scheduleWithin = (panel: Panel, range: DateRange, cadence: Cadence): Int32Array =>
  scheduleDates(panel.calendar.subarray(range.first, range.last + 1), cadence).map(
    (date) => date + range.first,
  );
