import { floatAt, intAt } from '../typed-arrays.js';
import { type CalendarPosition, calendarPosition } from '../units.js';
import type { Panel } from './panel.js';

/**
 * The chosen rows of every date, symbols ascending: rows[offsets[d]] … rows[offsets[d + 1] − 1].
 */
export interface CrossSections {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

/** Dates, as positions in the calendar, both included. */
export interface DateRange {
  readonly first: CalendarPosition;
  readonly last: CalendarPosition;
}

export const dateRange = (first: number, last: number): DateRange => ({
  first: calendarPosition(first),
  last: calendarPosition(last),
});

/** Every date of the calendar. */
export const wholeCalendar = ({ calendar }: Pick<Panel, 'calendar'>): DateRange =>
  dateRange(0, calendar.length - 1);

/** The dates of the range, ascending. */
export const datesOf = ({ first, last }: DateRange): readonly CalendarPosition[] =>
  Array.from({ length: last - first + 1 }, (_, i) => calendarPosition(first + i));

/** Groups the rows whose `mask` is not 0 by date. */
export const crossSections = (panel: Panel, mask: Uint8Array): CrossSections => {
  const { calendar, dateOfRow } = panel;
  const offsets = new Int32Array(calendar.length + 1);
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] === 0) continue;
    const next = intAt(dateOfRow, row) + 1;
    offsets[next] = intAt(offsets, next) + 1;
  }
  for (let date = 0; date < calendar.length; date += 1) {
    offsets[date + 1] = intAt(offsets, date + 1) + intAt(offsets, date);
  }
  const free = offsets.slice();
  const rows = new Int32Array(intAt(offsets, calendar.length));
  // Rows come symbol by symbol, so the rows of a date arrive in symbol order.
  for (let row = 0; row < mask.length; row += 1) {
    if (mask[row] === 0) continue;
    const date = intAt(dateOfRow, row);
    const place = intAt(free, date);
    rows[place] = row;
    free[date] = place + 1;
  }
  return { offsets, rows };
};

/** The chosen rows of one date. */
export const rowsOn = (sections: CrossSections, date: CalendarPosition): Int32Array =>
  rowsBetween(sections, { first: date, last: date });

/** The chosen rows of a range, date by date. */
export const rowsBetween = (sections: CrossSections, { first, last }: DateRange): Int32Array =>
  sections.rows.subarray(sections.offsets[first], sections.offsets[last + 1]);

/** The values of a column at the given rows. */
export const gather = (values: Float64Array, rows: Int32Array): Float64Array => {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) out[i] = floatAt(values, intAt(rows, i));
  return out;
};
