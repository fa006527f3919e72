/**
 * Whole numbers that count or index different things. Each unit is a type of its own, so that the
 * compiler rejects a day where a calendar position is expected. At run time they are plain numbers.
 *
 * - Typed arrays hold plain numbers: a value that is read from one gets its unit from the function
 *   that knows what the array holds, e.g. `dayAt` of a panel's calendar.
 * - Arithmetic gives a plain number: days are added with `addDays` (day.ts), and an index that is
 *   computed passes through its constructor here.
 * - The constructors check nothing. They are the only place with `as`.
 */
declare const unit: unique symbol;
type WholeNumber<Unit extends string> = number & { readonly [unit]: Unit };

/**
 * A calendar day: days since 1970-01-01 UTC. Bars, windows and ages count days, so that no time
 * zone affects the arithmetic. NaN is no day.
 */
export type EpochDay = WholeNumber<'EpochDay'>;

/** A date of a panel: an index into its calendar, which holds only days with bars. */
export type CalendarPosition = WholeNumber<'CalendarPosition'>;

/** A bar of a panel: an index into its columns, and into every table with a row per bar. */
export type PanelRow = WholeNumber<'PanelRow'>;

/** A universe member on a date: an index into the columns of a research sample. */
export type SampleRow = WholeNumber<'SampleRow'>;

/** A symbol of a panel: an index into its names, which ascend. */
export type SymbolIndex = WholeNumber<'SymbolIndex'>;

export const epochDay = (days: number): EpochDay => days as EpochDay;
export const calendarPosition = (index: number): CalendarPosition => index as CalendarPosition;
export const panelRow = (index: number): PanelRow => index as PanelRow;
export const sampleRow = (index: number): SampleRow => index as SampleRow;
export const symbolIndex = (index: number): SymbolIndex => index as SymbolIndex;
