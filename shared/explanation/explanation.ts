import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, Mode } from '../codec/primitives.js';
import { RegimeName } from '../contract/latest-ranking.js';

/** As the contract's, but not branded: these numbers are computed here, not read. */
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

/** The keys of the total order of the ranking, in the contract's words. */
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
  /** Null where the universe is no larger than the pool. */
  first_out: t.union([t.string, t.null]),
  /** The difference of their final scores; null if either is missing. */
  margin: Score,
  /** Their final scores are equal to the last bit: a tie-break decided. */
  tie: t.boolean,
  /** No tie, but equal up to rounding: the order of additions decided. */
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

/** A check that a symbol does not meet: `measure` would have to be at least `minimum`. */
const Shortfall = exactObject('Shortfall', {
  rule: t.string,
  measure: t.string,
  measured: Score,
  minimum: Finite,
  /** `minimum` − `measured`; null if nothing could be measured. */
  short_by: Score,
});
const Shortfalls = t.readonlyArray(Shortfall, 'array of Shortfall');

const Component = exactObject('Component', {
  raw: Score,
  /** Percentile rank among the universe of the day. */
  normalised: Score,
  weight: Finite,
  /** `normalised` × `weight` / the weights of the components that are there; null if missing. */
  contribution: Score,
});

const Scores = exactObject('Scores', {
  final_score: Score,
  confidence: Score,
  /** What the confidence is made of: .6 agreement of the components + .4 distance from the middle. */
  agreement: Score,
  edge: Score,
  rule: Component,
  linear: Component,
  tree: Component,
  /** `final_score` − (rule + linear + tree): 0 but for rounding where a component is missing. */
  residual: Score,
});

const Outlook = exactObject('Outlook', {
  change: t.keyof({ enters: null, leaves: null }),
  /** If it stays as eligible, or ineligible, as it is: the refresh at which that counts. */
  earliest: t.string,
  confirmations_missing: Finite,
});

const ExplainedSymbol = exactObject('ExplainedSymbol', {
  symbol: t.string,
  base_asset: t.union([t.string, t.null]),
  selected: t.boolean,
  rank: t.union([Finite, t.null]),
  /**
   * `pool`, `universe` (ranked behind the pool), `unconfirmed` (eligible, but not for long enough),
   * `ineligible`, or `not_loaded`: the prefilter left it out, or it has no bars.
   */
  standing: t.keyof({
    pool: null,
    universe: null,
    unconfirmed: null,
    ineligible: null,
    not_loaded: null,
  }),
  in_universe: t.boolean,
  /** `metadata`, `benchmark`, the daily rules, `prefilter`, `no_bars`. Members can fail, too, for a while. */
  failed_rules: t.readonlyArray(t.string, 'array of rules'),
  metadata_failures: t.readonlyArray(
    exactObject('MetadataFailure', { rule: t.string, meaning: t.string }),
    'array of MetadataFailure',
  ),
  /** The daily checks that it does not meet. */
  failures: Shortfalls,
  /** What the daily rules measured; null if it was not loaded or has no bar on the day. */
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

/** A move of one symbol within the ranking of one component, all other raw scores kept. */
const Move = exactObject('Move', {
  symbol: t.string,
  component: ComponentName,
  direction: t.keyof({ up: null, down: null }),
  /** How many names it has to pass to cross the boundary; null if no place in it is enough. */
  places: t.union([Finite, t.null]),
  normalised_from: Finite,
  normalised_to: Score,
  enters: Symbols,
  leaves: Symbols,
});

/** A change of one component's weight, in steps of a hundredth, the others scaled to fill up. */
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
 * `explanation.json` under `evidence/`: why each symbol is in or out, and how close it was. All of
 * it follows from the ranking's evidence.
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
  /** Consecutive refreshes to enter the universe and to leave it; null for a mode of the past. */
  confirmations: t.union([exactObject('Confirmations', { entry: Finite, exit: Finite }), t.null]),
  /** In the middle of a month the as-of day is a refresh that the month's last day will replace. */
  refresh: exactObject('Refresh', { provisional: t.boolean, next: t.string }),
  /** The universe in rank order, then all other candidates, ascending. */
  symbols: t.readonlyArray(ExplainedSymbol, 'array of ExplainedSymbol'),
  sensitivity: exactObject('Sensitivity', {
    /** The symbols next to the boundary, the smallest move first. */
    moves: t.readonlyArray(Move, 'array of Move'),
    /** Every component in both directions, the smallest change first. */
    weights: t.readonlyArray(Reweighting, 'array of Reweighting'),
  }),
  /** The symbols on which the corrected leveraged-token rule would decide otherwise. */
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
