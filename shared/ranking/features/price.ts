import { floatAt } from '../../typed-arrays.js';
import { rollingMaximum } from '../rolling/maximum.js';
import { rollingMean } from '../rolling/mean.js';
import { rollingStandardDeviation } from '../rolling/standard-deviation.js';
import { ANNUAL, horizonMix, quotient, rateOfChange, relativeTo } from './arithmetic.js';
import type { SymbolColumns } from './symbol-columns.js';

/** Momentum, trend, highs and volatility of one symbol from its closes (METHOD §4.1). */
export const priceFeatures = (close: Float64Array, columns: SymbolColumns): void => {
  const roc20 = rateOfChange(close, 20, columns('roc20'));
  const roc60 = rateOfChange(close, 60, columns('roc60'));
  const roc120 = rateOfChange(close, 120, columns('roc120'));
  const momentum = columns('momentum_combo');
  horizonMix(roc20, roc60, roc120, momentum);

  const average = new Float64Array(close.length);
  relativeTo(close, rollingMean(close, 20, 20, average), columns('price_vs_sma20'));
  relativeTo(close, rollingMean(close, 60, 60, average), columns('price_vs_sma60'));
  relativeTo(close, rollingMean(close, 120, 120, average), columns('price_vs_sma120'));
  relativeTo(close, rollingMean(close, 200, 200, average), columns('price_vs_sma200'));
  rateOfChange(average, 20, columns('ma200_slope'));
  const above = new Float64Array(close.length);
  for (let t = 0; t < close.length; t += 1) {
    above[t] = floatAt(close, t) > floatAt(average, t) ? 1 : 0;
  }
  rollingMean(above, 90, 90, columns('trend_persist_90'));

  const high = rollingMaximum(close, 90, 90);
  relativeTo(close, high, columns('dist_to_90d_high'));
  quotient(close, high, columns('breakout_proximity'));
  relativeTo(close, rollingMaximum(close, 180, 180, high), columns('dist_to_180d_high'));

  const returns = rateOfChange(close, 1, columns('daily_return'));
  const vol20 = rollingStandardDeviation(returns, 20, 20, ANNUAL, columns('vol20'));
  rollingStandardDeviation(returns, 60, 60, ANNUAL, columns('vol60'));
  quotient(momentum, vol20, columns('risk_adjusted_momentum'));
};
