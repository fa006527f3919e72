import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import {
  AsOfDate,
  Finite,
  Mode,
  PositiveInteger,
  Sha256,
  SymbolUsdt,
  Text,
} from '../codec/primitives.js';
import { RegimeName } from '../contract/latest-ranking.js';

const Score = t.union([Finite, t.null], 'Finite or null');
const Component = exactObject('Component', { raw: Score, normalised: Score });
const Numbers = t.readonlyArray(Finite, 'array of Finite');
const Texts = t.readonlyArray(t.string, 'array of string');
const Measured = t.record(t.string, Score, 'measured values');
const Checks = t.readonlyArray(
  exactObject('Check', { rule: t.string, measure: t.string, minimum: Finite }),
  'array of Check',
);

const UniverseRow = exactObject('UniverseRow', {
  symbol: SymbolUsdt,
  base_asset: Text,
  current_rank: PositiveInteger,
  selected: t.boolean,
  final_score: Score,
  confidence: Score,
  rule: Component,
  linear: Component,
  tree: Component,
  rule_schemes: t.record(t.string, Finite),
  liquidity_stability: Score,
  avg_quote_vol_180: Score,
});

const CandidateEntry = exactObject('Candidate', {
  symbol: t.string,
  base_asset: t.union([t.string, t.null]),
  metadata_failures: Texts,
  is_benchmark: t.boolean,
  prefilter: t.union([
    exactObject('Prefilter', {
      place: PositiveInteger,
      selected: t.boolean,
      latest_date: AsOfDate,
      measured: Measured,
      failed: Checks,
    }),
    t.null,
  ]),
  loaded: t.boolean,
  daily: t.union([
    exactObject('Daily', {
      eligible: t.boolean,
      rules: t.record(t.string, t.boolean),
      measured: Measured,
      failed: Checks,
    }),
    t.null,
  ]),
  streaks: t.union([exactObject('Streaks', { eligible: t.number, ineligible: t.number }), t.null]),
  in_universe: t.boolean,
});

/** The models' training input, and the fit of the ridge. Lists are in the order of `features`. */
export const ModelEvidence = exactObject('ModelEvidence', {
  target: t.string,
  features: Texts,
  training_start: AsOfDate,
  training_end: AsOfDate,
  training_rows: t.number,
  scoring_rows: t.number,
  linear_backend: t.string,
  ridge_alpha: Finite,
  tree_backend: t.string,
  tree_parameters: exactObject('TreeParameters', {
    trees: PositiveInteger,
    learning_rate: Finite,
    leaves: PositiveInteger,
    min_rows_in_leaf: PositiveInteger,
    feature_fraction: Finite,
    seed: PositiveInteger,
    max_bins: PositiveInteger,
  }),
  /** SHA-256 of the raw scores as little-endian float64: linear, then trees, by symbol. */
  prediction_sha256: Sha256,
  fit: t.union([
    exactObject('Fit', {
      medians: Numbers,
      missing: Numbers,
      mean: Numbers,
      scale: Numbers,
      coefficients: Numbers,
      intercept: Finite,
    }),
    t.null,
  ]),
});

const RegimePointEntry = exactObject('RegimePoint', {
  date: AsOfDate,
  regime: RegimeName,
  inputs: Measured,
});

const PriceHistoryEntry = exactObject('PriceHistory', {
  symbol: t.string,
  /** Of every seventh day of two years, the as-of day last; null without a bar. */
  closes: t.readonlyArray(Score, 'array of Finite or null'),
});

/**
 * `ranking.json` under `evidence/`: the complete record of a ranking, with the contract's names.
 */
export const RankingEvidence = exactObject(
  'RankingEvidence',
  {
    schema_version: t.literal(1),
    as_of_date: AsOfDate,
    mode: Mode,
    regime: RegimeName,
    regime_confidence: Finite,
    regime_inputs: t.record(t.string, Score),
    weights: exactObject('Weights', { rule: Finite, linear: Finite, tree: Finite }),
    /** The universe of the as-of day, in rank order. */
    universe: t.readonlyArray(UniverseRow, 'array of UniverseRow'),
    candidates: t.readonlyArray(CandidateEntry, 'array of Candidate'),
    thresholds: exactObject('Thresholds', { daily: Checks, prefilter: Checks }),
    model: ModelEvidence,
    leveraged_rule_differences: Texts,
  },
  {
    // Optional: older evidence does not have these fields.
    /** The pool that readers had, in its order. */
    previous_pool: Texts,
    /** Every seventh day of two years, the as-of day last. */
    regime_history: t.readonlyArray(RegimePointEntry, 'array of RegimePoint'),
    /** Of the pool in its order, then of the benchmark. */
    price_history: t.readonlyArray(PriceHistoryEntry, 'array of PriceHistory'),
  },
);
export type RankingEvidence = t.TypeOf<typeof RankingEvidence>;
