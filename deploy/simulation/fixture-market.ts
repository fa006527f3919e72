import * as TE from 'fp-ts/lib/TaskEither.js';
import { permanent } from '../../shared/codec/failure.js';
import { sha256 } from '../../shared/codec/hash.js';
import type { Version } from '../../shared/codec/primitives.js';
import { DEFAULTS } from '../../shared/contract/constants.js';
import { parseIsoDay } from '../../shared/day.js';
import type { BarSeries } from '../../shared/market-data/bars.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { REGIME_WEIGHTS, TREE_PARAMETERS } from '../../shared/ranking/parameters.js';
import type { Ranker } from '../../shared/ranking/ranker.js';
import type { RankedSymbol, Ranking } from '../../shared/ranking/ranking.js';

/** The month-ends for which there is a market, oldest first. */
export const MONTHS = ['2025-10-31', '2025-11-30', '2025-12-31'] as const;
export type MonthEnd = (typeof MONTHS)[number];

/** The instant at which the scheduler asks for a month: a quarter past midnight after its last day. */
export const scheduledAt = (month: MonthEnd): number =>
  (parseIsoDay(month) + 1) * 86_400_000 + 900_000;

/** The release of a month. */
export const versionOfMonth = (month: MonthEnd): Version =>
  // The concatenation of its two parts is what Version means; the days above exist.
  `${month}-${DEFAULTS.mode}` as Version;

/** The universe of each month in rank order: the first five are the pool, and no two pools agree. */
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

/** One bar per symbol, on the day that is asked for: all that a run needs to know which day it is. */
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
    window: { first: parseIsoDay(month) - 1, last: parseIsoDay(month) },
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

/** Answers from the table. Which month a snapshot is of, its manifest says. */
export const fixtureRanker: Ranker = {
  rank: ({ manifest, mode }) => {
    const text = Buffer.from(manifest).toString('utf8');
    const month = MONTHS.find((one) => text.includes(`"as_of_date":"${one}"`));
    return month === undefined
      ? TE.left(permanent('upstream-incomplete', 'the simulated market has no such month'))
      : TE.right(rankingOf(month, mode));
  },
};
