import type { DateRange } from '../../ranking/cross-section.js';
import { type Panel, rowOf } from '../../ranking/panel.js';
import { floatAt, intAt } from '../../typed-arrays.js';
import {
  type CalendarPosition,
  calendarPosition,
  type SymbolIndex,
  symbolIndex,
} from '../../units.js';
import type { Portfolio } from './portfolios.js';

/** Fee and slippage, as a share of the traded amount. */
export const TRADING_COST = 0.0015;

/** One entry per date of the range, from its first on. */
export interface Backtest {
  readonly range: DateRange;
  readonly netReturn: Float64Array;
  /** The product of 1 + net return up to the date. */
  readonly equity: Float64Array;
  /** Half of the absolute changes of all weights; the first purchase counts one half. */
  readonly turnover: Float64Array;
}

/**
 * Holds the portfolios one after the other, from open to open, the weights constant in between
 * (METHOD §11.3). A name without an opening price on either day earns nothing on it.
 */
export const runBacktest = (
  panel: Panel,
  portfolios: readonly Portfolio[],
  range: DateRange,
): Backtest => {
  const days = range.last - range.first + 1;
  const netReturn = new Float64Array(days);
  const equity = new Float64Array(days);
  const turnover = new Float64Array(days);
  let held: Portfolio | undefined;
  let next = 0;
  let wealth = 1;
  for (let day = 0; day < days; day += 1) {
    const date = calendarPosition(range.first + day);
    const successor = portfolios[next];
    if (successor?.from === date) {
      turnover[day] = traded(held, successor);
      held = successor;
      next += 1;
    }
    // The last date has no next open within the range.
    const gross = day + 1 < days ? portfolioReturn(panel, held, date) : 0;
    netReturn[day] = gross - floatAt(turnover, day) * TRADING_COST;
    wealth *= 1 + floatAt(netReturn, day);
    equity[day] = wealth;
  }
  return { range, netReturn, equity, turnover };
};

const portfolioReturn = (
  panel: Panel,
  held: Portfolio | undefined,
  date: CalendarPosition,
): number => {
  if (held === undefined) return 0;
  let sum = 0;
  for (let i = 0; i < held.symbols.length; i += 1) {
    const change = openToOpen(panel, symbolIndex(intAt(held.symbols, i)), date);
    if (Number.isFinite(change)) sum += floatAt(held.weights, i) * change;
  }
  return sum;
};

const openToOpen = (panel: Panel, symbol: SymbolIndex, date: CalendarPosition): number => {
  const row = rowOf(panel, symbol, date);
  const next = rowOf(panel, symbol, calendarPosition(date + 1));
  return row === undefined || next === undefined
    ? Number.NaN
    : floatAt(panel.open, next) / floatAt(panel.open, row) - 1;
};

const weightOf = (portfolio: Portfolio | undefined, symbol: number): number => {
  const place = portfolio?.symbols.indexOf(symbol) ?? -1;
  return portfolio?.weights[place] ?? 0;
};

const traded = (before: Portfolio | undefined, after: Portfolio): number => {
  let change = 0;
  for (const symbol of new Set([...(before?.symbols ?? []), ...after.symbols])) {
    change += Math.abs(weightOf(after, symbol) - weightOf(before, symbol));
  }
  return change / 2;
};
