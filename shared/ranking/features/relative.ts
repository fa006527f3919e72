import { floatAt, intAt } from '../../typed-arrays.js';
import { WINDOWS } from '../parameters.js';
import { rollingComoments } from '../rolling/covariance.js';
import { rollingVariance } from '../rolling/variance.js';
import { horizonMix, quotient } from './arithmetic.js';
import type { SymbolColumns } from './symbol-columns.js';

/**
 * Strength of one symbol against the benchmark on the same dates, and its beta and correlation to
 * it (METHOD §4.2). `benchmarkRow[t]` is the row of `benchmark` on the date of row t, or −1: then
 * features that need it are missing. Rows are the symbol's own, so after a gap its return spans
 * more days than the benchmark's.
 */
export const relativeFeatures = (
  benchmark: SymbolColumns,
  benchmarkRow: Int32Array,
  columns: SymbolColumns,
): void => {
  const aligned = (values: Float64Array): Float64Array => {
    const out = new Float64Array(benchmarkRow.length);
    for (let t = 0; t < out.length; t += 1) {
      const row = intAt(benchmarkRow, t);
      out[t] = row < 0 ? Number.NaN : floatAt(values, row);
    }
    return out;
  };
  const excess = (
    own: 'roc20' | 'roc60' | 'roc120',
    relative: 'rs20' | 'rs60' | 'rs120',
  ): Float64Array => {
    const out = columns(relative);
    const mine = columns(own);
    const theirs = aligned(benchmark(own));
    for (let t = 0; t < out.length; t += 1) out[t] = floatAt(mine, t) - floatAt(theirs, t);
    return out;
  };
  const combined = columns('rs_combo');
  horizonMix(excess('roc20', 'rs20'), excess('roc60', 'rs60'), excess('roc120', 'rs120'), combined);
  quotient(combined, columns('vol20'), columns('rs_risk_adj'));

  const returns = columns('daily_return');
  const benchmarkReturns = aligned(benchmark('daily_return'));
  const window = WINDOWS.comovement;
  const { covariance, correlation } = rollingComoments(returns, benchmarkReturns, window, window);
  const variance = rollingVariance(benchmarkReturns, window, window);
  quotient(covariance, variance, columns('rolling_beta_to_btc'));
  columns('rolling_corr_to_btc').set(correlation);
};
