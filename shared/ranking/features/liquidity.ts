import { floatAt } from '../../typed-arrays.js';
import { rollingMean } from '../rolling/mean.js';
import { relativeTo } from './arithmetic.js';
import type { SymbolColumns } from './symbol-columns.js';

const lesser = (a: number, b: number): number => (b < a || Number.isNaN(a) ? b : a);
const greater = (a: number, b: number): number => (b > a || Number.isNaN(a) ? b : a);

/** The smallest over the largest of the averages that exist; NaN if none does. */
export const liquidityStability = (
  average30: number,
  average90: number,
  average180: number,
): number =>
  lesser(lesser(average30, average90), average180) /
  greater(greater(average30, average90), average180);

/** Volume, age and tradability of one symbol (METHOD §4.1). */
export const liquidityFeatures = (
  close: Float64Array,
  quoteVolume: Float64Array,
  columns: SymbolColumns,
): void => {
  columns('quote_volume').set(quoteVolume);
  const average30 = rollingMean(quoteVolume, 30, 30, columns('avg_quote_vol_30'));
  const average90 = rollingMean(quoteVolume, 90, 90, columns('avg_quote_vol_90'));
  const average180 = rollingMean(quoteVolume, 180, 180, columns('avg_quote_vol_180'));
  relativeTo(average30, average180, columns('recent_liquidity_acceleration'));
  const stability = columns('liquidity_stability');
  const age = columns('age_days');
  const traded = new Float64Array(close.length);
  for (let t = 0; t < close.length; t += 1) {
    stability[t] = liquidityStability(
      floatAt(average30, t),
      floatAt(average90, t),
      floatAt(average180, t),
    );
    age[t] = t + 1;
    traded[t] = isTraded(floatAt(close, t), floatAt(quoteVolume, t)) ? 1 : 0;
  }
  rollingMean(traded, 180, 30, columns('tradable_ratio_180'));
};

/** Whether the symbol was traded that day. */
export const isTraded = (close: number, quoteVolume: number): boolean =>
  quoteVolume > 0 && !Number.isNaN(close);
