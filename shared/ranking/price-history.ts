import type { CalendarPosition } from '../units.js';
import { nanToNull } from './nan-to-null.js';
import { dateOf, dayAt, type Panel, rowOf, symbolIndexOf } from './panel.js';
import { weeklyDaysUpTo } from './weekly-days.js';

/** Closes of the days of {@link weeklyDaysUpTo}; null where the symbol has no bar. */
export interface PriceHistory {
  readonly symbol: string;
  readonly closes: readonly (number | null)[];
}

/** The weekly prices of symbols in the panel, in the order in which they are asked for. */
export const priceHistory = (
  panel: Panel,
  asOf: CalendarPosition,
  symbols: readonly string[],
): readonly PriceHistory[] => {
  const dates = weeklyDaysUpTo(dayAt(panel.calendar, asOf)).map((day) => dateOf(panel, day));
  return symbols.map((symbol) => {
    const s = symbolIndexOf(panel, symbol);
    const closes = dates.map((date) => {
      const row = s === undefined || date === undefined ? undefined : rowOf(panel, s, date);
      return row === undefined ? null : nanToNull(panel.close[row]);
    });
    return { symbol, closes };
  });
};
