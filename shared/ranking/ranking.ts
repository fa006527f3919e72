import type { EpochDay } from '../day.js';
import type { DayRange } from '../market-data/bars.js';
import type { BoostingParameters } from './boosting/model.js';
import type { DateFeature, Feature } from './features/names.js';
import type { Target } from './models/labels.js';
import type { RuleScheme } from './models/rule-scores.js';
import type { ComponentWeights, Regime } from './parameters.js';
import type { PriceHistory } from './price-history.js';
import type { RegimePoint } from './regime-history.js';
import type { Check, Measure, UniverseRule } from './universe/checks.js';
import type { MetadataRule } from './universe/metadata.js';

/** The result of a live build: plain data that JSON can carry, missing numbers null. */
export interface Ranking {
  readonly asOf: EpochDay;
  readonly mode: string;
  readonly regime: Regime;
  readonly regimeConfidence: number;
  readonly regimeInputs: Readonly<Record<DateFeature, number | null>>;
  /** The regime and its inputs on every seventh day of two years, the as-of day last. */
  readonly regimeHistory?: readonly RegimePoint[];
  /** Of the selected in rank order, then of the benchmark, over the same days. */
  readonly priceHistory?: readonly PriceHistory[];
  /** The pool that readers had, in its order. */
  readonly previousPool?: readonly string[];
  /** The weights of the regime, used for every row. */
  readonly weights: ComponentWeights;
  /** The universe of the as-of day in rank order. */
  readonly rows: readonly RankedSymbol[];
  /** Every symbol in metadata or bars, ascending, with the result of each check. */
  readonly candidates: readonly UniverseCandidate[];
  /** The thresholds that the candidates were checked against. */
  readonly thresholds: { readonly daily: readonly Check[]; readonly prefilter: readonly Check[] };
  readonly model: ModelEvidence;
  /** The symbols on which the corrected leveraged-token rule gives another result. */
  readonly leveragedRuleDifferences: readonly string[];
}

/** A component's score: as computed, and as percentile rank within the universe of the day. */
export interface ComponentScore {
  readonly raw: number | null;
  readonly normalised: number | null;
}

export interface RankedSymbol {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly rank: number;
  readonly selected: boolean;
  readonly finalScore: number | null;
  readonly confidence: number | null;
  readonly rule: ComponentScore;
  readonly linear: ComponentScore;
  readonly tree: ComponentScore;
  readonly schemes: Readonly<Record<RuleScheme, number>>;
  readonly liquidityStability: number | null;
  readonly averageQuoteVolume180: number | null;
}

export interface UniverseCandidate {
  readonly symbol: string;
  readonly baseAsset: string | null;
  /** The metadata rules it breaks; none = eligible by metadata. */
  readonly metadataFailures: readonly MetadataRule[];
  readonly isBenchmark: boolean;
  /** The prefilter's measures; null if it was not applied: ineligible by metadata, or no bars. */
  readonly prefilter: {
    readonly place: number;
    readonly selected: boolean;
    readonly latestDay: EpochDay;
    readonly measured: Measured;
    readonly failed: readonly Check[];
  } | null;
  /** Whether its bars were part of the build. */
  readonly loaded: boolean;
  /** Its bar of the as-of day against the daily rules; null if it has none in the build. */
  readonly daily: {
    readonly eligible: boolean;
    readonly rules: Readonly<Record<UniverseRule, boolean>>;
    readonly measured: Measured;
    readonly failed: readonly Check[];
  } | null;
  /**
   * Consecutive refreshes up to the as-of day at which it was (not) eligible; null if not loaded.
   */
  readonly streaks: { readonly eligible: number; readonly ineligible: number } | null;
  readonly inUniverse: boolean;
}

export type Measured = Readonly<Record<Measure, number | null>>;

/** The models' training input, for comparing two runs. Lists are in the order of `features`. */
export interface ModelEvidence {
  readonly target: Target;
  readonly features: readonly Feature[];
  readonly window: DayRange;
  readonly trainingRows: number;
  readonly scoringRows: number;
  readonly linear: string;
  readonly tree: string;
  readonly ridgeAlpha: number;
  readonly treeParameters: BoostingParameters;
  /**
   * SHA-256 of the raw scores as little-endian float64: the linear model's, then the trees', each
   * over the universe ascending by symbol, missing ones NaN. Equal hashes mean equal predictions.
   */
  readonly predictionSha256: string;
  /** Null if there were too few rows to fit anything. */
  readonly fit: {
    readonly medians: readonly number[];
    /** Missing training values that were replaced by a median. */
    readonly missing: readonly number[];
    readonly mean: readonly number[];
    readonly scale: readonly number[];
    readonly coefficients: readonly number[];
    readonly intercept: number;
  } | null;
}
