import { byteAt, floatAt, intAt } from '../typed-arrays.js';
import type { PanelRow, SymbolIndex } from '../units.js';
import { column } from './column-table.js';
import { nanToNull } from './nan-to-null.js';
import { rowOf, symbolIndexOf } from './panel.js';
import { BENCHMARK } from './parameters.js';
import { failedChecks } from './prefilter.js';
import type { PreparedBuild } from './prepare-build.js';
import type { Measured, UniverseCandidate } from './ranking.js';
import { dailyChecks, type Measure } from './universe/checks.js';
import { CANDIDATE_ELIGIBLE, FLAG } from './universe/eligibility.js';

/** Every symbol of the metadata and the bars, ascending, with the result of each check. */
export const explainCandidates = (build: PreparedBuild): readonly UniverseCandidate[] => {
  const { input, metadata, prefilter, panel } = build;
  const considered = new Map(prefilter.candidates.map((one) => [one.symbol, one]));
  const symbols = new Set([...metadata.keys(), ...input.bars.map((one) => one.symbol)]);
  return [...symbols].sort().map((symbol) => {
    const looked = considered.get(symbol);
    return {
      symbol,
      baseAsset: metadata.get(symbol)?.baseAsset ?? null,
      metadataFailures: build.metadataFailures(symbol),
      isBenchmark: symbol === BENCHMARK,
      prefilter:
        looked === undefined
          ? null
          : {
              place: looked.place,
              selected: looked.selected,
              latestDay: looked.latestDay,
              measured: known(looked.measured),
              failed: looked.failed,
            },
      ...membershipOf(build, symbolIndexOf(panel, symbol)),
    };
  });
};

type Membership = Pick<UniverseCandidate, 'loaded' | 'daily' | 'streaks' | 'inUniverse'>;

const membershipOf = (build: PreparedBuild, s: SymbolIndex | undefined): Membership => {
  if (s === undefined) return { loaded: false, daily: null, streaks: null, inUniverse: false };
  const { panel, universe, asOfPosition } = build;
  const { history } = universe;
  // The as-of day is the last date of the calendar, and the last date is always a refresh.
  const at = (history.refreshes.length - 1) * panel.symbols.length + s;
  const row = rowOf(panel, s, asOfPosition);
  return {
    loaded: true,
    daily: row === undefined ? null : dailyOf(build, row),
    streaks: {
      eligible: intAt(history.eligibleStreak, at),
      ineligible: intAt(history.ineligibleStreak, at),
    },
    inUniverse: row !== undefined && history.active[at] === 1,
  };
};

const dailyOf = (
  { features, universe, mode }: PreparedBuild,
  row: PanelRow,
): NonNullable<UniverseCandidate['daily']> => {
  const read = (name: Exclude<Measure, 'liquidity_days_90' | 'liquidity_days_180'>): number =>
    floatAt(column(features.byRow, name), row);
  const measured: Readonly<Record<Measure, number>> = {
    age_days: read('age_days'),
    avg_quote_vol_30: read('avg_quote_vol_30'),
    avg_quote_vol_90: read('avg_quote_vol_90'),
    avg_quote_vol_180: read('avg_quote_vol_180'),
    liquidity_stability: read('liquidity_stability'),
    tradable_ratio_180: read('tradable_ratio_180'),
    liquidity_days_90: floatAt(column(universe.days, 'liquidity_days_90'), row),
    liquidity_days_180: floatAt(column(universe.days, 'liquidity_days_180'), row),
  };
  const flags = byteAt(universe.flags, row);
  return {
    eligible: flags === CANDIDATE_ELIGIBLE,
    rules: {
      history: (flags & FLAG.history) !== 0,
      liquidity: (flags & FLAG.liquidity) !== 0,
      tradable: (flags & FLAG.tradable) !== 0,
      continuous: (flags & FLAG.continuous) !== 0,
    },
    measured: known(measured),
    failed: failedChecks(dailyChecks(mode), measured),
  };
};

const known = (measured: Readonly<Record<Measure, number>>): Measured => ({
  age_days: nanToNull(measured.age_days),
  avg_quote_vol_30: nanToNull(measured.avg_quote_vol_30),
  avg_quote_vol_90: nanToNull(measured.avg_quote_vol_90),
  avg_quote_vol_180: nanToNull(measured.avg_quote_vol_180),
  liquidity_stability: nanToNull(measured.liquidity_stability),
  tradable_ratio_180: nanToNull(measured.tradable_ratio_180),
  liquidity_days_90: nanToNull(measured.liquidity_days_90),
  liquidity_days_180: nanToNull(measured.liquidity_days_180),
});
