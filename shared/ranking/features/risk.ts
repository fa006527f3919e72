import { floatAt } from '../../typed-arrays.js';
import { WINDOWS } from '../parameters.js';
import { rollingMaximum } from '../rolling/maximum.js';
import { rollingMean } from '../rolling/mean.js';
import { rollingStandardDeviation } from '../rolling/standard-deviation.js';
import { ANNUAL, quotient, relativeTo } from './arithmetic.js';
import type { SymbolColumns } from './symbol-columns.js';

/**
 * max(high − low, |high − previous close|, |low − previous close|), ignoring missing values: the
 * first row is high − low.
 */
const trueRange = (high: Float64Array, low: Float64Array, close: Float64Array): Float64Array => {
  const out = new Float64Array(close.length);
  for (let t = 0; t < close.length; t += 1) {
    const previous = t > 0 ? floatAt(close, t - 1) : Number.NaN;
    let range = floatAt(high, t) - floatAt(low, t);
    const up = Math.abs(floatAt(high, t) - previous);
    const down = Math.abs(floatAt(low, t) - previous);
    if (Number.isNaN(range) || up > range) range = up;
    if (Number.isNaN(range) || down > range) range = down;
    out[t] = range;
  }
  return out;
};

/** Root of the mean squared drawdown from the trailing high, in percent (METHOD §4.1). */
const ulcerIndex = (close: Float64Array, window: number, out: Float64Array): void => {
  const squared = rollingMaximum(close, window, window);
  for (let t = 0; t < close.length; t += 1) {
    const drawdown = 100 * (floatAt(close, t) / floatAt(squared, t) - 1);
    squared[t] = drawdown * drawdown;
  }
  rollingMean(squared, window, window, out);
  for (let t = 0; t < out.length; t += 1) out[t] = Math.sqrt(floatAt(out, t));
};

/**
 * Downside volatility, true range and drawdowns of one symbol (METHOD §4.1); needs daily_return.
 */
export const riskFeatures = (
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  columns: SymbolColumns,
): void => {
  const returns = columns('daily_return');
  const losses = new Float64Array(close.length);
  for (let t = 0; t < close.length; t += 1) {
    const change = floatAt(returns, t);
    // A missing return, as the first one is, counts as 0.
    if (change < 0) losses[t] = change;
  }
  const { atr, downside, drawdown: drawdownWindow, ulcer: ulcerWindow } = WINDOWS;
  const volatility = columns('downside_volatility');
  rollingStandardDeviation(losses, downside, downside, ANNUAL, volatility);

  const averageRange = rollingMean(trueRange(high, low, close), atr, atr);
  quotient(averageRange, close, columns('atr_ratio'));

  const drawdown = columns('rolling_drawdown');
  relativeTo(close, rollingMaximum(close, drawdownWindow, 1), drawdown);
  const ulcer = columns('ulcer_index');
  ulcerIndex(close, ulcerWindow, ulcer);
  const severity = columns('drawdown_severity');
  for (let t = 0; t < close.length; t += 1) {
    const index = Number.isNaN(ulcer[t]) ? 0 : floatAt(ulcer, t);
    severity[t] = Math.abs(floatAt(drawdown, t)) * (1 + index / 100);
  }
};
