import type { BarSeries, DayRange } from '../market-data/bars.js';
import { intAt } from '../typed-arrays.js';
import {
  type CalendarPosition,
  calendarPosition,
  type EpochDay,
  epochDay,
  type PanelRow,
  panelRow,
  type SymbolIndex,
  symbolIndex,
} from '../units.js';

/**
 * The bars of many symbols as long columns: symbols ascending, the rows of a symbol adjacent and in
 * date order. A row is one bar; a day without a bar has no row, so "n days" are n rows (METHOD,
 * notation). Prices in the quote asset.
 */
export interface Panel {
  readonly symbols: readonly string[];
  /** Rows of symbol s: offsets[s] … offsets[s + 1] − 1. */
  readonly offsets: Int32Array;
  /** Every day on which any symbol has a bar, ascending; "date" elsewhere is a position in it. */
  readonly calendar: Int32Array;
  readonly dateOfRow: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly quoteVolume: Float64Array;
}

/** The first position in a sorted array whose value is `value` or larger. */
const lowerBound = (sorted: Int32Array, value: number, first = 0, end = sorted.length): number => {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intAt(sorted, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The bars within the range, as views of the same memory. */
export const clipBars = (bars: BarSeries, range: DayRange): BarSeries => {
  const first = lowerBound(bars.day, range.first);
  const end = lowerBound(bars.day, range.last + 1);
  return {
    symbol: bars.symbol,
    day: bars.day.subarray(first, end),
    open: bars.open.subarray(first, end),
    high: bars.high.subarray(first, end),
    low: bars.low.subarray(first, end),
    close: bars.close.subarray(first, end),
    volume: bars.volume.subarray(first, end),
    quoteVolume: bars.quoteVolume.subarray(first, end),
  };
};

/** Ascending by code unit as in the reference's files, independent of the locale. */
export const bySymbol = (a: { readonly symbol: string }, b: { readonly symbol: string }): number =>
  a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0;

/** The panel of the series that have bars; their order does not matter. */
export const buildPanel = (bars: readonly BarSeries[]): Panel => {
  const series = bars.filter((one) => one.day.length > 0).sort(bySymbol);
  const offsets = new Int32Array(series.length + 1);
  series.forEach((one, s) => {
    offsets[s + 1] = intAt(offsets, s) + one.day.length;
  });
  const rows = intAt(offsets, series.length);
  const joined = (pick: (one: BarSeries) => Float64Array): Float64Array => {
    const out = new Float64Array(rows);
    series.forEach((one, s) => {
      out.set(pick(one), offsets[s]);
    });
    return out;
  };
  return {
    symbols: series.map((one) => one.symbol),
    offsets,
    ...indexDates(series, rows),
    open: joined((one) => one.open),
    high: joined((one) => one.high),
    low: joined((one) => one.low),
    close: joined((one) => one.close),
    quoteVolume: joined((one) => one.quoteVolume),
  };
};

const indexDates = (
  series: readonly BarSeries[],
  rows: number,
): Pick<Panel, 'calendar' | 'dateOfRow'> => {
  const first = series.reduce((day, one) => Math.min(day, intAt(one.day, 0)), Infinity);
  const last = series.reduce((day, one) => Math.max(day, one.day.at(-1) as number), -Infinity);
  const positions = new Int32Array(rows === 0 ? 0 : last - first + 1);
  for (const one of series) for (const day of one.day) positions[day - first] = 1;
  const calendar = new Int32Array(positions.reduce((count, present) => count + present, 0));
  let date = 0;
  for (let offset = 0; offset < positions.length; offset += 1) {
    if (positions[offset] === 0) continue;
    calendar[date] = first + offset;
    positions[offset] = date;
    date += 1;
  }
  const dateOfRow = new Int32Array(rows);
  let row = 0;
  for (const one of series) {
    for (const day of one.day) {
      dateOfRow[row] = intAt(positions, day - first);
      row += 1;
    }
  }
  return { calendar, dateOfRow };
};

/** The position of the day in the calendar, or undefined if no symbol has a bar on it. */
export const dateOf = (panel: Panel, day: EpochDay): CalendarPosition | undefined => {
  const date = lowerBound(panel.calendar, day);
  return panel.calendar[date] === day ? calendarPosition(date) : undefined;
};

/** The day of a date of the calendar. */
export const dayAt = (calendar: Int32Array, date: CalendarPosition): EpochDay =>
  epochDay(intAt(calendar, date));

/** The index of the symbol, or undefined if it has no bars. */
export const symbolIndexOf = (panel: Panel, symbol: string): SymbolIndex | undefined => {
  const s = panel.symbols.indexOf(symbol);
  return s < 0 ? undefined : symbolIndex(s);
};

/** The row of the symbol on `date`, or undefined if it has no bar on it. */
export const rowOf = (
  panel: Panel,
  s: SymbolIndex,
  date: CalendarPosition,
): PanelRow | undefined => {
  const end = intAt(panel.offsets, s + 1);
  const row = lowerBound(panel.dateOfRow, date, panel.offsets[s], end);
  return row < end && panel.dateOfRow[row] === date ? panelRow(row) : undefined;
};

/** The symbol that the row belongs to. */
export const symbolOf = (panel: Panel, row: PanelRow): string => {
  // The last symbol that begins at or before the row.
  const s = lowerBound(panel.offsets, row + 1) - 1;
  return panel.symbols[s] as string;
};
