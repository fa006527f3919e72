import { nanToNull } from './nan-to-null.js';
import { dateOf, type Panel, rowOf } from './panel.js';
import { weeklyDaysUpTo } from './weekly-days.js';

/** Closes of the days of {@link weeklyDaysUpTo}; null where the symbol has no bar. */
export interface PriceHistory {
  readonly symbol: string;
  readonly closes: readonly (number | null)[];
}

/** The weekly prices of symbols in the panel, in the order in which they are asked for. */
export const priceHistory = (
  panel: Panel,
  asOf: number,
  symbols: readonly string[],
): readonly PriceHistory[] => {
  const dates = weeklyDaysUpTo(panel.calendar[asOf] as number).map((day) => dateOf(panel, day));
  return symbols.map((symbol) => {
    const at = panel.symbols.indexOf(symbol);
    const closes = dates.map((date) => {
      const row = at < 0 || date < 0 ? -1 : rowOf(panel, at, date);
      return row < 0 ? null : nanToNull(panel.close[row]);
    });
    return { symbol, closes };
  });
};
