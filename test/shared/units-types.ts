/**
 * Checked by `npm run typecheck` and never executed: the compiler reports an `@ts-expect-error`
 * without an error below it, so each swap here must stay a type error.
 */
import { addDays, isoDay } from '../../shared/day.js';
import { type CrossSections, rowsOn } from '../../shared/ranking/cross-section.js';
import { liveWindow } from '../../shared/ranking/models/training-data.js';
import { dateOf, dayAt, type Panel, rowOf, symbolOf } from '../../shared/ranking/panel.js';
import type { PreparedBuild } from '../../shared/ranking/prepare-build.js';
import { priceHistory } from '../../shared/ranking/price-history.js';
import { regimeInputs } from '../../shared/ranking/regime.js';
import type {
  CalendarPosition,
  EpochDay,
  PanelRow,
  SampleRow,
  SymbolIndex,
} from '../../shared/units.js';

interface Given {
  readonly day: EpochDay;
  readonly date: CalendarPosition;
  readonly row: PanelRow;
  readonly sampleRow: SampleRow;
  readonly symbol: SymbolIndex;
}

export const theSwapOfTheLiveBuild = ({ input, asOfPosition, features, panel }: PreparedBuild) => [
  regimeInputs(features.byDate, asOfPosition),
  // @ts-expect-error The as-of day is not its position in the calendar.
  regimeInputs(features.byDate, input.asOf),
  // @ts-expect-error The as-of day is not its position in the calendar.
  priceHistory(panel, input.asOf, []),
  // @ts-expect-error The as-of day is not its position in the calendar.
  liveWindow(input.asOf),
];

export const swapsInAPanel = (panel: Panel, members: CrossSections, given: Given) => [
  dateOf(panel, given.day),
  dayAt(panel.calendar, given.date),
  rowOf(panel, given.symbol, given.date),
  symbolOf(panel, given.row),
  rowsOn(members, given.date),
  // @ts-expect-error A position is not a day.
  dateOf(panel, given.date),
  // @ts-expect-error A day is not a position.
  dayAt(panel.calendar, given.day),
  // @ts-expect-error The symbol comes before the date.
  rowOf(panel, given.date, given.symbol),
  // @ts-expect-error A row is not a symbol.
  rowOf(panel, given.row, given.date),
  // @ts-expect-error A symbol's index is not a row.
  symbolOf(panel, given.symbol),
  // @ts-expect-error A row of a research sample is not a row of the panel.
  symbolOf(panel, given.sampleRow),
  // @ts-expect-error A row is not a date.
  rowsOn(members, given.row),
];

export const plainNumbers = (panel: Panel, { day, date }: Given) => [
  isoDay(addDays(day, 1)),
  // @ts-expect-error A number is not a day before its constructor says so.
  isoDay(20_000),
  // @ts-expect-error Arithmetic gives a plain number.
  isoDay(day + 1),
  // @ts-expect-error Arithmetic gives a plain number.
  dayAt(panel.calendar, date + 1),
  // @ts-expect-error A position is not a day.
  addDays(date, 1),
];
