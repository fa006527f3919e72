import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, Mode } from '../codec/primitives.js';
import { RegimeName } from '../contract/latest-ranking.js';

/** Like the contract's codec, but not branded, because these numbers are computed, not decoded. */
const Finite = new t.Type<number>(
  'Finite',
  (value): value is number => Number.isFinite(value),
  (value, context) =>
    typeof value === 'number' && Number.isFinite(value)
      ? t.success(value)
      : t.failure(value, context),
  t.identity,
);

const Score = t.union([Finite, t.null], 'Finite or null');
const Symbols = t.readonlyArray(t.string, 'array of symbols');
const Measured = t.record(t.string, Score, 'measured values');
const ComponentName = t.keyof({ rule: null, linear: null, tree: null }, 'component');
const Weights = exactObject('Weights', { rule: Finite, linear: Finite, tree: Finite });

/** The keys of the ranking's total order, with the names of the contract. */
const OrderKey = t.keyof(
  {
    final_score: null,
    confidence: null,
    liquidity_stability: null,
    avg_quote_vol_180: null,
    symbol: null,
  },
  'key of the order',
);

const Boundary = exactObject('Boundary', {
  last_in: t.union([t.string, t.null]),
  /** Null if the universe is not larger than the pool. */
  first_out: t.union([t.string, t.null]),
  /** The difference of their final scores; null if either is missing. */
  margin: Score,
  /** True if their final scores are exactly equal, so that a tie-break decided. */
  tie: t.boolean,
  /** True if they are not exactly equal but equal up to rounding. */
  last_bits: t.boolean,
  decided_by: t.union([OrderKey, t.null]),
  /** Both values of every key, in the order in which they decide. */
  keys: t.readonlyArray(
    exactObject('BoundaryKey', {
      key: OrderKey,
      last_in: t.union([Finite, t.string, t.null]),
      first_out: t.union([Finite, t.string, t.null]),
    }),
    'array of BoundaryKey',
  ),
});

/** A failed check of a symbol: `measure` must be at least `minimum`. */
const Shortfall = exactObject('Shortfall', {
  rule: t.string,
  measure: t.string,
  measured: Score,
  minimum: Finite,
  /** `minimum` − `measured`; null if there is no measured value. */
  short_by: Score,
});
const Shortfalls = t.readonlyArray(Shortfall, 'array of Shortfall');

const Component = exactObject('Component', {
  raw: Score,
  /** Percentile rank among the universe of the day. */
  normalised: Score,
  weight: Finite,
  /** `normalised` × `weight` / sum of the weights of the present components; null if missing. */
  contribution: Score,
});

const Scores = exactObject('Scores', {
  final_score: Score,
  confidence: Score,
  /** Confidence = .6 × agreement of the components + .4 × distance from the middle. */
  agreement: Score,
  edge: Score,
  rule: Component,
  linear: Component,
  tree: Component,
  /** `final_score` − (rule + linear + tree): 0, except for rounding if a component is missing. */
  residual: Score,
});

const Outlook = exactObject('Outlook', {
  change: t.keyof({ enters: null, leaves: null }),
  /** The refresh at which membership changes if eligibility stays the same until then. */
  earliest: t.string,
  confirmations_missing: Finite,
});

const ExplainedSymbol = exactObject('ExplainedSymbol', {
  symbol: t.string,
  base_asset: t.union([t.string, t.null]),
  selected: t.boolean,
  rank: t.union([Finite, t.null]),
  /**
   * `pool`, `universe` (ranked below the pool), `unconfirmed` (eligible, but not for long enough),
   * `ineligible`, or `not_loaded` (excluded by the prefilter, or without bars).
   */
  standing: t.keyof({
    pool: null,
    universe: null,
    unconfirmed: null,
    ineligible: null,
    not_loaded: null,
  }),
  in_universe: t.boolean,
  /**
   * `metadata`, `benchmark`, the daily rules, `prefilter`, `no_bars`. Members may fail temporarily.
   */
  failed_rules: t.readonlyArray(t.string, 'array of rules'),
  metadata_failures: t.readonlyArray(
    exactObject('MetadataFailure', { rule: t.string, meaning: t.string }),
    'array of MetadataFailure',
  ),
  /** The failed daily checks. */
  failures: Shortfalls,
  /** Measured values of the daily rules; null if not loaded or without a bar on the day. */
  measured: t.union([Measured, t.null]),
  prefilter: t.union([
    exactObject('ExplainedPrefilter', {
      place: Finite,
      selected: t.boolean,
      latest_date: AsOfDate,
      failures: Shortfalls,
      measured: Measured,
    }),
    t.null,
  ]),
  streaks: t.union([exactObject('Streaks', { eligible: t.number, ineligible: t.number }), t.null]),
  outlook: t.union([Outlook, t.null]),
  scores: t.union([Scores, t.null]),
});

/** A rank change of one symbol in one component; all other raw scores are unchanged. */
const Move = exactObject('Move', {
  symbol: t.string,
  component: ComponentName,
  direction: t.keyof({ up: null, down: null }),
  /** Number of symbols to pass to cross the boundary; null if no rank is enough. */
  places: t.union([Finite, t.null]),
  normalised_from: Finite,
  normalised_to: Score,
  enters: Symbols,
  leaves: Symbols,
});

/** A change of one component's weight, in steps of 0.01; the other weights are rescaled. */
const Reweighting = exactObject('Reweighting', {
  component: ComponentName,
  direction: t.keyof({ up: null, down: null }),
  from: Finite,
  /** Null if no weight in [0, 1] on this side changes the pool. */
  to: Score,
  weights: t.union([Weights, t.null]),
  enters: Symbols,
  leaves: Symbols,
});

/**
 * `explanation.json` under `evidence/`: why each symbol is in or out of the pool, and how close it
 * was. Derived entirely from the ranking's evidence.
 */
export const Explanation = exactObject('Explanation', {
  schema_version: t.literal(1),
  as_of_date: AsOfDate,
  mode: Mode,
  regime: RegimeName,
  regime_confidence: Finite,
  weights: Weights,
  pool: Symbols,
  boundary: Boundary,
  /** Consecutive refreshes required to enter and to leave the universe; null for legacy modes. */
  confirmations: t.union([exactObject('Confirmations', { entry: Finite, exit: Finite }), t.null]),
  /** Provisional in the middle of a month: the month's last day will replace this refresh. */
  refresh: exactObject('Refresh', { provisional: t.boolean, next: t.string }),
  /** The universe in rank order, then all other candidates, ascending. */
  symbols: t.readonlyArray(ExplainedSymbol, 'array of ExplainedSymbol'),
  sensitivity: exactObject('Sensitivity', {
    /** The symbols next to the boundary, the smallest rank change first. */
    moves: t.readonlyArray(Move, 'array of Move'),
    /** Each component in both directions, the smallest change first. */
    weights: t.readonlyArray(Reweighting, 'array of Reweighting'),
  }),
  /** The symbols that the corrected leveraged-token rule decides differently. */
  leveraged_rule_differences: Symbols,
});
export type Explanation = t.TypeOf<typeof Explanation>;
export type Boundary = t.TypeOf<typeof Boundary>;
export type ExplainedSymbol = t.TypeOf<typeof ExplainedSymbol>;
export type Scores = t.TypeOf<typeof Scores>;
export type Shortfall = t.TypeOf<typeof Shortfall>;
export type Move = t.TypeOf<typeof Move>;
export type Reweighting = t.TypeOf<typeof Reweighting>;
export type OrderKey = t.TypeOf<typeof OrderKey>;
export type ComponentName = t.TypeOf<typeof ComponentName>;
