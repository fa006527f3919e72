import { byteAt, floatAt, intAt } from '../../typed-arrays.js';
import { allocateColumns, type Columns, column } from '../column-table.js';
import type { RowColumn } from '../features/names.js';
import type { Panel } from '../panel.js';
import { BENCHMARK, type UniverseMode } from '../parameters.js';
import { dailyChecks, type UniverseRule } from './checks.js';

/** Which of a row's conditions hold, one bit each. */
export const FLAG: Readonly<Record<UniverseRule | 'metadata' | 'not_benchmark', number>> = {
  history: 1,
  liquidity: 2,
  tradable: 4,
  continuous: 8,
  metadata: 16,
  not_benchmark: 32,
};
/** The flags of a row that may be in the universe. */
export const CANDIDATE_ELIGIBLE = 63;

export type LiquidDays = 'liquidity_days_90' | 'liquidity_days_180';
const LIQUID_DAYS: readonly LiquidDays[] = ['liquidity_days_90', 'liquidity_days_180'];

/**
 * Per row, how many of the symbol's last 90 and 180 rows reach the volume; NaN in its first ones.
 */
export const liquidDays = (panel: Panel, minDailyQuoteVolume: number): Columns<LiquidDays> => {
  const days = allocateColumns(LIQUID_DAYS, panel.quoteVolume.length);
  const last90 = column(days, 'liquidity_days_90');
  const last180 = column(days, 'liquidity_days_180');
  panel.symbols.forEach((_, s) => {
    const first = intAt(panel.offsets, s);
    const end = intAt(panel.offsets, s + 1);
    const cumulative = new Int32Array(end - first + 1);
    for (let t = 0; t < end - first; t += 1) {
      const liquid = floatAt(panel.quoteVolume, first + t) >= minDailyQuoteVolume ? 1 : 0;
      const total = intAt(cumulative, t) + liquid;
      cumulative[t + 1] = total;
      if (t >= 89) last90[first + t] = total - intAt(cumulative, t - 89);
      if (t >= 179) last180[first + t] = total - intAt(cumulative, t - 179);
    }
  });
  return days;
};

/** The flags of every row (METHOD §5.2). */
export const eligibilityFlags = (
  panel: Panel,
  features: Columns<RowColumn>,
  days: Columns<LiquidDays>,
  mode: UniverseMode,
  isEligibleByMetadata: (symbol: string) => boolean,
): Uint8Array => {
  const flags = new Uint8Array(panel.dateOfRow.length).fill(CANDIDATE_ELIGIBLE);
  for (const { rule, measure, minimum } of dailyChecks(mode)) {
    const values =
      measure === 'liquidity_days_90' || measure === 'liquidity_days_180'
        ? column(days, measure)
        : column(features, measure);
    const others = ~FLAG[rule];
    for (let row = 0; row < flags.length; row += 1) {
      const holds = floatAt(values, row) >= minimum;
      if (!holds) flags[row] = byteAt(flags, row) & others;
    }
  }
  panel.symbols.forEach((symbol, s) => {
    const metadata = isEligibleByMetadata(symbol) ? 0 : FLAG.metadata;
    const benchmark = symbol === BENCHMARK ? FLAG.not_benchmark : 0;
    const others = ~(metadata | benchmark);
    for (let row = intAt(panel.offsets, s); row < intAt(panel.offsets, s + 1); row += 1) {
      flags[row] = byteAt(flags, row) & others;
    }
  });
  return flags;
};
