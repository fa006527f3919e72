import { intAt } from '../../typed-arrays.js';
import { type SymbolIndex, symbolIndex } from '../../units.js';
import { allocateColumns, type Columns, column } from '../column-table.js';
import type { Panel } from '../panel.js';
import { BENCHMARK } from '../parameters.js';
import { benchmarkFeatures } from './benchmark.js';
import { liquidityFeatures } from './liquidity.js';
import { DATE_FEATURES, type DateFeature, ROW_COLUMNS, type RowColumn } from './names.js';
import { priceFeatures } from './price.js';
import { relativeFeatures } from './relative.js';
import { riskFeatures } from './risk.js';
import type { SymbolColumns } from './symbol-columns.js';

/**
 * Every feature of a panel. Features that are the same for all symbols of a date are computed and
 * stored once per date, so that rows cannot differ in the last bit.
 */
export interface FeatureSet {
  /** One row per panel row. */
  readonly byRow: Columns<RowColumn>;
  /** One row per calendar date. */
  readonly byDate: Columns<DateFeature>;
}

/**
 * All features but the market context, which needs the universe first (METHOD §4.1, §4.2). The
 * panel must hold the benchmark. Missing and infinite values are NaN.
 */
export const computeFeatures = (panel: Panel): FeatureSet => {
  const byRow = allocateColumns(ROW_COLUMNS, panel.dateOfRow.length);
  const byDate = allocateColumns(DATE_FEATURES, panel.calendar.length);
  const rowsOf = (s: SymbolIndex) => {
    const first = intAt(panel.offsets, s);
    const end = intAt(panel.offsets, s + 1);
    const columns: SymbolColumns = (name) => column(byRow, name, first, end);
    return { first, end, columns };
  };
  panel.symbols.forEach((_, s) => {
    const { first, end, columns } = rowsOf(symbolIndex(s));
    const close = panel.close.subarray(first, end);
    priceFeatures(close, columns);
    riskFeatures(panel.high.subarray(first, end), panel.low.subarray(first, end), close, columns);
    liquidityFeatures(close, panel.quoteVolume.subarray(first, end), columns);
  });

  const benchmark = rowsOf(symbolIndex(panel.symbols.indexOf(BENCHMARK)));
  const benchmarkRowOn = new Int32Array(panel.calendar.length).fill(-1);
  for (let row = benchmark.first; row < benchmark.end; row += 1) {
    benchmarkRowOn[intAt(panel.dateOfRow, row)] = row - benchmark.first;
  }
  panel.symbols.forEach((symbol, s) => {
    const { first, end, columns } = rowsOf(symbolIndex(s));
    const benchmarkRow = panel.dateOfRow
      .subarray(first, end)
      .map((date) => intAt(benchmarkRowOn, date));
    relativeFeatures(benchmark.columns, benchmarkRow, columns);
    if (symbol === BENCHMARK) {
      columns('rolling_beta_to_btc').fill(1);
      columns('rolling_corr_to_btc').fill(1);
    }
  });
  benchmarkFeatures(panel, benchmark, byDate);
  return { byRow, byDate };
};
