import type { Backtest } from './backtest.js';

const DAYS_PER_YEAR = 365;

/**
 * The performance of a backtest, annualised if applicable; NaN if a denominator is 0 (METHOD
 * §11.3).
 */
export interface Performance {
  /** Compound annual growth rate. */
  readonly cagr: number;
  readonly volatility: number;
  readonly sharpe: number;
  readonly sortino: number;
  /** At most 0. */
  readonly maxDrawdown: number;
  readonly calmar: number;
  /** The share of days with a gain. */
  readonly winRate: number;
  readonly turnover: number;
}

export const performanceOf = ({ netReturn, equity, turnover }: Backtest): Performance => {
  const mean = meanOf(netReturn) * DAYS_PER_YEAR;
  const cagr = (equity.at(-1) ?? Number.NaN) ** (DAYS_PER_YEAR / equity.length) - 1;
  const volatility = annualised(netReturn);
  const maxDrawdown = worstDrawdown(equity);
  return {
    cagr,
    volatility,
    sharpe: ratio(mean, volatility),
    sortino: ratio(mean, annualised(netReturn.map((value) => Math.min(value, 0)))),
    maxDrawdown,
    calmar: ratio(cagr, Math.abs(maxDrawdown)),
    winRate: meanOf(netReturn.map((value) => (value > 0 ? 1 : 0))),
    turnover: meanOf(turnover) * DAYS_PER_YEAR,
  };
};

const ratio = (numerator: number, denominator: number): number =>
  denominator === 0 ? Number.NaN : numerator / denominator;

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Population standard deviation of daily returns, per year. */
const annualised = (values: Float64Array): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) * Math.sqrt(DAYS_PER_YEAR);
};

/** The deepest fall below an earlier end of a day; the start itself is none. */
const worstDrawdown = (equity: Float64Array): number => {
  let peak = -Infinity;
  let worst = 0;
  for (const value of equity) {
    peak = Math.max(peak, value);
    worst = Math.min(worst, value / peak - 1);
  }
  return worst;
};
