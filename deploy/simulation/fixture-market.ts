import * as TE from 'fp-ts/lib/TaskEither.js';
import { permanent } from '../../shared/codec/failure.js';
import { sha256 } from '../../shared/codec/hash.js';
import type { Version } from '../../shared/codec/primitives.js';
import { DEFAULTS } from '../../shared/contract/constants.js';
import { addDays, parseIsoDay } from '../../shared/day.js';
import type { BarSeries } from '../../shared/market-data/bars.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { REGIME_WEIGHTS, TREE_PARAMETERS } from '../../shared/ranking/parameters.js';
import type { Ranker } from '../../shared/ranking/ranker.js';
import type { RankedSymbol, Ranking } from '../../shared/ranking/ranking.js';

/** The month-ends that the fixture market covers, oldest first. */
export const MONTHS = ['2025-10-31', '2025-11-30', '2025-12-31'] as const;
export type MonthEnd = (typeof MONTHS)[number];

/** The instant of a month's scheduled run: 00:15 on the day after its last day. */
export const scheduledAt = (month: MonthEnd): number =>
  (parseIsoDay(month) + 1) * 86_400_000 + 900_000;

/** The release of a month. */
export const versionOfMonth = (month: MonthEnd): Version =>
  // A Version is the concatenation of these two parts; both are valid.
  `${month}-${DEFAULTS.mode}` as Version;

/** Each month's universe in rank order. The first five are the pool; all pools differ. */
const UNIVERSES: Readonly<Record<MonthEnd, readonly string[]>> = {
  '2025-10-31': ['ANT', 'BEE', 'CAT', 'DOG', 'ELK', 'FOX', 'GNU'],
  '2025-11-30': ['CAT', 'ANT', 'FOX', 'BEE', 'GNU', 'DOG', 'ELK'],
  '2025-12-31': ['GNU', 'ELK', 'ANT', 'FOX', 'DOG', 'CAT', 'BEE'],
};

const ASSETS = [...UNIVERSES['2025-10-31']].sort();
const pairOf = (asset: string): string => `${asset}USDT`;

const oneBar = (symbol: string, day: number): BarSeries => ({
  symbol,
  day: Int32Array.of(day),
  open: Float64Array.of(1),
  high: Float64Array.of(2),
  low: Float64Array.of(1),
  close: Float64Array.of(2),
  volume: Float64Array.of(1e6),
  quoteVolume: Float64Array.of(2e6),
});

/** One bar per symbol, on the last requested day: enough to identify the month. */
export const fixtureMarket: MarketDataSource = {
  id: 'simulated market',
  live: true,
  synthetic: true,
  metadata: () =>
    TE.right(
      ['BTC', ...ASSETS]
        .map((baseAsset) => ({
          symbol: pairOf(baseAsset),
          status: 'TRADING',
          baseAsset,
          quoteAsset: 'USDT',
          isSpotTradingAllowed: true,
          permissions: 'SPOT',
        }))
        .sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
    ),
  candidates: TE.right,
  bars: (symbols, { last }) =>
    TE.right([...new Set(symbols)].sort().map((symbol) => oneBar(symbol, last))),
};

const row = (baseAsset: string, place: number, size: number): RankedSymbol => {
  const score = (size - place) / size;
  const component = { raw: score, normalised: score };
  return {
    symbol: pairOf(baseAsset),
    baseAsset,
    rank: place + 1,
    selected: place < 5,
    finalScore: score,
    confidence: score,
    rule: component,
    linear: component,
    tree: component,
    schemes: {
      relative_strength_focus: score,
      balanced_leader: score,
      conservative_trend_quality: score,
    },
    liquidityStability: 1,
    averageQuoteVolume180: 2e6,
  };
};

const rankingOf = (month: MonthEnd, mode: string): Ranking => ({
  asOf: parseIsoDay(month),
  mode,
  regime: 'risk_off',
  regimeConfidence: 1,
  regimeInputs: {
    btc_above_ma200: 1,
    btc_ma200_slope: 0,
    btc_zscore_120: 0,
    breadth_above_sma60: 1,
    breadth_above_sma200: 1,
    universe_momentum_dispersion: 0,
    universe_rs_dispersion: 0,
    single_leader_burst: 0,
  },
  weights: REGIME_WEIGHTS.risk_off,
  rows: UNIVERSES[month].map((asset, place, all) => row(asset, place, all.length)),
  candidates: [],
  thresholds: { daily: [], prefilter: [] },
  model: {
    target: 'blended_rank_pct',
    features: [],
    window: { first: addDays(parseIsoDay(month), -1), last: parseIsoDay(month) },
    trainingRows: 0,
    scoringRows: UNIVERSES[month].length,
    linear: 'none',
    tree: 'none',
    ridgeAlpha: 2,
    treeParameters: TREE_PARAMETERS,
    predictionSha256: sha256(month),
    fit: null,
  },
  leveragedRuleDifferences: [],
});

/** Ranks by the table. The snapshot's manifest names the month. */
export const fixtureRanker: Ranker = {
  rank: ({ manifest, mode }) => {
    const text = Buffer.from(manifest).toString('utf8');
    const month = MONTHS.find((one) => text.includes(`"as_of_date":"${one}"`));
    return month === undefined
      ? TE.left(permanent('upstream-incomplete', 'the simulated market does not cover this month'))
      : TE.right(rankingOf(month, mode));
  },
};
