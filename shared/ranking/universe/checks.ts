import { PREFILTER, type UniverseMode } from '../parameters.js';

/** The measures of a symbol that the daily rules check. */
export const MEASURES = [
  'age_days',
  'avg_quote_vol_30',
  'avg_quote_vol_90',
  'avg_quote_vol_180',
  'liquidity_stability',
  'tradable_ratio_180',
  'liquidity_days_90',
  'liquidity_days_180',
] as const;
export type Measure = (typeof MEASURES)[number];

/** The rule that a check belongs to; a rule holds if all its checks do. */
export type UniverseRule = 'history' | 'liquidity' | 'tradable' | 'continuous';

/** `measure` ≥ `minimum`, a condition that a missing measure never meets. */
export interface Check {
  readonly rule: UniverseRule;
  readonly measure: Measure;
  readonly minimum: number;
}

/** The daily checks of a mode (METHOD §5.2). A rule that the mode disables has no check. */
export const dailyChecks = (mode: UniverseMode): readonly Check[] => [
  { rule: 'history', measure: 'age_days', minimum: mode.minHistoryDays },
  { rule: 'liquidity', measure: 'avg_quote_vol_30', minimum: mode.minAverageQuoteVolume30 },
  { rule: 'liquidity', measure: 'avg_quote_vol_90', minimum: mode.minAverageQuoteVolume90 },
  { rule: 'liquidity', measure: 'avg_quote_vol_180', minimum: mode.minAverageQuoteVolume180 },
  { rule: 'liquidity', measure: 'liquidity_stability', minimum: mode.minLiquidityStability },
  { rule: 'tradable', measure: 'tradable_ratio_180', minimum: mode.minTradableRatio },
  ...liquidDayCheck('liquidity_days_90', mode.minLiquidDays90),
  ...liquidDayCheck('liquidity_days_180', mode.minLiquidDays180),
];

const liquidDayCheck = (measure: Measure, minimum: number): readonly Check[] =>
  minimum > 0 ? [{ rule: 'continuous', measure, minimum }] : [];

const { relaxation } = PREFILTER;
const relaxed: Readonly<Record<Measure, (minimum: number) => number>> = {
  age_days: (minimum) => Math.trunc(minimum * relaxation.history),
  avg_quote_vol_30: (minimum) => minimum * relaxation.volume,
  avg_quote_vol_90: (minimum) => minimum * relaxation.volume,
  avg_quote_vol_180: (minimum) => minimum * relaxation.volume,
  liquidity_stability: (minimum) => minimum * relaxation.stability,
  tradable_ratio_180: (minimum) => minimum * relaxation.tradable,
  liquidity_days_90: (minimum) => Math.trunc(minimum * relaxation.liquidDays),
  liquidity_days_180: (minimum) => Math.trunc(minimum * relaxation.liquidDays),
};

/** The live prefilter's checks: the same with relaxed thresholds (METHOD §3). */
export const relaxedChecks = (mode: UniverseMode): readonly Check[] =>
  dailyChecks(mode).map((check) => ({
    ...check,
    minimum: relaxed[check.measure](check.minimum),
  }));
