import { type EpochDay, parseIsoDay } from '../day.js';
import type { BoostingParameters } from './boosting/model.js';

// The frozen parameters of the reference method (METHOD §1). Volumes are in the quote asset.

/** The benchmark of strength, beta and market state; never ranked itself. */
export const BENCHMARK = 'BTCUSDT';

/** Bars before this day are not part of any history, so ages count from here at the earliest. */
export const START_DAY: EpochDay = parseIsoDay('2019-01-01');

/** The conditions of a universe mode on a refresh date. Shares and ratios are in [0, 1]. */
export interface UniverseMode {
  readonly name: string;
  readonly minHistoryDays: number;
  readonly minAverageQuoteVolume30: number;
  readonly minAverageQuoteVolume90: number;
  readonly minAverageQuoteVolume180: number;
  readonly minLiquidityStability: number;
  readonly minTradableRatio: number;
  /** A day counts as liquid from this quote volume on. */
  readonly minDailyQuoteVolume: number;
  /** Required liquid days among the last 90 and 180; 0 disables the rule. */
  readonly minLiquidDays90: number;
  readonly minLiquidDays180: number;
  /** Consecutive refreshes that it takes to enter and to leave. */
  readonly entryConfirmations: number;
  readonly exitConfirmations: number;
  readonly excludesHighNoise: boolean;
}

const BROAD_LIQUID: UniverseMode = {
  name: 'broad_liquid',
  minHistoryDays: 365,
  minAverageQuoteVolume30: 3e6,
  minAverageQuoteVolume90: 5e6,
  minAverageQuoteVolume180: 8e6,
  minLiquidityStability: 0.35,
  minTradableRatio: 0.85,
  minDailyQuoteVolume: 0,
  minLiquidDays90: 0,
  minLiquidDays180: 0,
  entryConfirmations: 1,
  exitConfirmations: 1,
  excludesHighNoise: false,
};

const CORE_MAJOR: UniverseMode = {
  name: 'core_major',
  minHistoryDays: 720,
  minAverageQuoteVolume30: 8e6,
  minAverageQuoteVolume90: 12e6,
  minAverageQuoteVolume180: 18e6,
  minLiquidityStability: 0.55,
  minTradableRatio: 0.92,
  minDailyQuoteVolume: 1e7,
  minLiquidDays90: 70,
  minLiquidDays180: 145,
  entryConfirmations: 2,
  exitConfirmations: 2,
  excludesHighNoise: true,
};

export const UNIVERSE_MODES: readonly UniverseMode[] = [CORE_MAJOR, BROAD_LIQUID];

export const UNIVERSE = {
  quoteAssets: ['USDT'],
  // biome-ignore format: one line reads better than ten
  excludedBaseAssets: ['BTC', 'BNB', 'USDC', 'FDUSD', 'TUSD', 'USDP', 'DAI', 'PAX', 'BUSD', 'USTC'],
  leveragedKeywords: ['UP', 'DOWN', 'BULL', 'BEAR'],
  // biome-ignore format: one line reads better than ten
  highNoiseBaseAssets: ['BANANAS31', 'BONK', 'NEIRO', 'PEPE', 'PENGU', 'PUMP', 'TRUMP', 'TURBO', 'WIF', 'WLFI'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** How far the live prefilter relaxes a mode's thresholds, and how many candidates it loads. */
export const PREFILTER = {
  minCandidates: 15,
  maxCandidates: 24,
  relaxation: { history: 0.9, volume: 0.8, stability: 0.9, tradable: 0.98, liquidDays: 0.9 },
} as const;

export const WINDOWS = {
  atr: 14,
  ulcer: 50,
  drawdown: 180,
  downside: 60,
  /** For beta and correlation to the benchmark. */
  comovement: 60,
  /** Below this many names a date has no market context. */
  minBreadthNames: 5,
} as const;

export const LABELS = { topK: 3, horizons: [30, 60, 90], weights: [0.5, 0.35, 0.15] } as const;

export const TRAINING = {
  windowDays: 720,
  /** The longest label horizon: a label of the last training day ends before the as-of day. */
  purgeDays: 90,
  minRows: 300,
  ridgeAlpha: 2,
} as const;

/** The tree model's parameters (METHOD §9.3); its bagging is inactive in the reference. */
export const TREE_PARAMETERS: BoostingParameters = {
  trees: 300,
  learningRate: 0.05,
  leaves: 31,
  minRowsInLeaf: 30,
  featureFraction: 0.75,
  seed: 42,
  maxBins: 255,
};

export type Regime = 'risk_off' | 'btc_dominant' | 'broad_alt_strength' | 'late_momentum';

export interface ComponentWeights {
  readonly rule: number;
  readonly linear: number;
  readonly tree: number;
}

export const REGIME_WEIGHTS: Readonly<Record<Regime, ComponentWeights>> = {
  risk_off: { rule: 0.5, linear: 0.25, tree: 0.25 },
  btc_dominant: { rule: 0.4, linear: 0.2, tree: 0.4 },
  broad_alt_strength: { rule: 0.25, linear: 0.15, tree: 0.6 },
  late_momentum: { rule: 0.35, linear: 0.15, tree: 0.5 },
};

/** Where one state of the market ends and the next begins (METHOD §7). Breadths lie in [0, 1]. */
export const REGIME_BOUNDS = {
  /** The benchmark counts as above its average from here on. */
  above: 0.5,
  riskOff: { breadth200Below: 0.35, breadth60Below: 0.25 },
  btcDominant: { breadth60Below: 0.35, zscoreAbove: 0 },
  broadAltStrength: { breadth60Above: 0.55, breadth200Above: 0.4 },
} as const;

/** The parts of confidence: the components' agreement, and the distance from the middle. */
export const CONFIDENCE_WEIGHTS = { agreement: 0.6, edge: 0.4 } as const;
