import { floatAt, intAt } from '../../typed-arrays.js';
import { type Columns, column } from '../column-table.js';
import type { Panel } from '../panel.js';
import { rollingMean } from '../rolling/mean.js';
import { rollingStandardDeviation } from '../rolling/standard-deviation.js';
import type { DateFeature } from './names.js';
import type { SymbolColumns } from './symbol-columns.js';

const ZSCORE_WINDOW = 120;

/**
 * The benchmark's state, per date on which it has a bar (METHOD §4.2): whether it closes above
 * its 200-day average (0 before that exists), the slope of that average, and the 120-day z-score.
 */
export const benchmarkFeatures = (
  panel: Panel,
  benchmark: { readonly first: number; readonly end: number; readonly columns: SymbolColumns },
  byDate: Columns<DateFeature>,
): void => {
  const close = panel.close.subarray(benchmark.first, benchmark.end);
  const average200 = rollingMean(close, 200, 200);
  const average = rollingMean(close, ZSCORE_WINDOW, ZSCORE_WINDOW);
  const deviation = rollingStandardDeviation(close, ZSCORE_WINDOW, ZSCORE_WINDOW);
  const slope = benchmark.columns('ma200_slope');
  const aboveByDate = column(byDate, 'btc_above_ma200');
  const slopeByDate = column(byDate, 'btc_ma200_slope');
  const zscoreByDate = column(byDate, 'btc_zscore_120');
  for (let t = 0; t < close.length; t += 1) {
    const date = intAt(panel.dateOfRow, benchmark.first + t);
    const price = floatAt(close, t);
    aboveByDate[date] = price > floatAt(average200, t) ? 1 : 0;
    slopeByDate[date] = floatAt(slope, t);
    const spread = floatAt(deviation, t);
    zscoreByDate[date] = spread === 0 ? Number.NaN : (price - floatAt(average, t)) / spread;
  }
};
