import type { EpochDay } from '../day.js';
import type { BarSeries } from '../market-data/bars.js';
import { floatAt } from '../typed-arrays.js';
import { epochDay } from '../units.js';
import { isTraded, liquidityStability } from './features/liquidity.js';
import { bySymbol } from './panel.js';
import { BENCHMARK, PREFILTER, type UniverseMode } from './parameters.js';
import { descending } from './rank-order.js';
import { sum } from './statistics/sum.js';
import { type Check, type Measure, relaxedChecks } from './universe/checks.js';

/** The prefilter's view of a candidate: its measures over its last rows, and the failed checks. */
interface PrefilterCandidate {
  readonly symbol: string;
  readonly latestDay: EpochDay;
  readonly measured: Readonly<Record<Measure, number>>;
  readonly failed: readonly Check[];
  /** Its place in the prefilter's order, from 1. */
  readonly place: number;
  readonly selected: boolean;
}

export interface PrefilterResult {
  /** In the prefilter's order. */
  readonly candidates: readonly PrefilterCandidate[];
  /** The symbols to load, ascending: the selected ones, the previous pool and the benchmark. */
  readonly loaded: readonly string[];
}

/**
 * Decides which symbols a live build loads, from the tails of the candidates' bars (METHOD §3).
 * `candidates` are clipped to the as-of day, not empty, and eligible by metadata.
 *
 * It depends on the previous pool, and so do all later cross-sectional ranks. The method defines it
 * so, and the previous pool is therefore an explicit input of a run.
 */
export const prefilter = (
  candidates: readonly BarSeries[],
  previousPool: readonly string[],
  mode: UniverseMode,
): PrefilterResult => {
  const checks = relaxedChecks(mode);
  const measured = candidates
    .map((bars) => measure(bars, mode.minDailyQuoteVolume))
    .map((one) => ({ ...one, failed: failedChecks(checks, one.measured) }))
    .sort(byPrefilterOrder);
  const passing = measured.filter((one) => one.failed.length === 0).length;
  const { minCandidates, maxCandidates } = PREFILTER;
  // The maximum limits the top-up only: every candidate that passes is loaded.
  const topUp = Math.min(Math.max(minCandidates, passing), maxCandidates);
  const ordered = measured.map((one, index) => ({
    ...one,
    place: index + 1,
    selected: one.failed.length === 0 || index < topUp,
  }));
  const loaded = new Set([
    ...ordered.filter((one) => one.selected).map((one) => one.symbol),
    ...previousPool,
    BENCHMARK,
  ]);
  return { candidates: ordered, loaded: [...loaded].sort() };
};

/** The checks that the measures do not meet. */
export const failedChecks = (
  checks: readonly Check[],
  measured: Readonly<Record<Measure, number>>,
): readonly Check[] => checks.filter((check) => !(measured[check.measure] >= check.minimum));

type Measured = Pick<PrefilterCandidate, 'symbol' | 'latestDay' | 'measured'>;

const measure = (bars: BarSeries, minDailyQuoteVolume: number): Measured => {
  const { close, quoteVolume } = bars;
  const average30 = meanOf(quoteVolume.subarray(-30));
  const average90 = meanOf(quoteVolume.subarray(-90));
  const average180 = meanOf(quoteVolume.subarray(-180));
  const stability = liquidityStability(average30, average90, average180);
  const traded = quoteVolume
    .subarray(-180)
    .filter((volume, index) => isTraded(floatAt(close.subarray(-180), index), volume));
  const liquid = (days: number) =>
    quoteVolume.subarray(-days).filter((volume) => volume >= minDailyQuoteVolume).length;
  return {
    symbol: bars.symbol,
    latestDay: epochDay(bars.day.at(-1) ?? Number.NaN),
    measured: {
      age_days: bars.day.length,
      avg_quote_vol_30: average30,
      avg_quote_vol_90: average90,
      avg_quote_vol_180: average180,
      liquidity_stability: Number.isNaN(stability) ? 0 : stability,
      tradable_ratio_180: traded.length / Math.min(180, quoteVolume.length),
      liquidity_days_90: liquid(90),
      liquidity_days_180: liquid(180),
    },
  };
};

const meanOf = (values: Float64Array): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  return sum(known) / known.length;
};

const KEYS: readonly Measure[] = [
  'avg_quote_vol_180',
  'avg_quote_vol_90',
  'avg_quote_vol_30',
  'liquidity_stability',
  'tradable_ratio_180',
  'age_days',
];

type Checked = Measured & Pick<PrefilterCandidate, 'failed'>;

const byPrefilterOrder = (a: Checked, b: Checked): number => {
  const passing = Number(b.failed.length === 0) - Number(a.failed.length === 0);
  if (passing !== 0) return passing;
  for (const key of KEYS) {
    const difference = descending(a.measured[key], b.measured[key]);
    if (difference !== 0) return difference;
  }
  return bySymbol(a, b);
};
