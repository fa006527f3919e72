import { validated } from '../../../shared/codec/bytes.js';
import { RankingEvidence } from '../../../shared/evidence/ranking.js';
import { blendScores } from '../../../shared/ranking/models/blend.js';
import { nanToNull } from '../../../shared/ranking/nan-to-null.js';
import { REGIME_WEIGHTS, type Regime } from '../../../shared/ranking/parameters.js';
import { byRank } from '../../../shared/ranking/rank-order.js';
import { getOrThrow } from '../../support/get-or-throw.js';

/** A member of a made-up universe: raw scores, and what breaks ties. */
export interface Name {
  readonly symbol: string;
  readonly rule: number;
  readonly linear: number;
  readonly tree: number;
  readonly stability?: number;
  readonly volume?: number;
}

export const name = (
  symbol: string,
  [rule, linear, tree]: readonly [number, number, number],
  tieBreak: Pick<Name, 'stability' | 'volume'> = {},
): Name => ({ symbol, rule, linear, tree, ...tieBreak });

export interface Circumstances {
  readonly regime?: Regime;
  readonly asOf?: string;
  readonly poolSize?: number;
  /** Candidates instead of the plain ones that are made of the names. */
  readonly candidates?: readonly object[];
  readonly leveraged?: readonly string[];
}

const MEASURED = {
  age_days: 1000,
  avg_quote_vol_30: 2e7,
  avg_quote_vol_90: 2e7,
  avg_quote_vol_180: 2e7,
  liquidity_stability: 1,
  tradable_ratio_180: 1,
  liquidity_days_90: 90,
  liquidity_days_180: 180,
};

/** A candidate that is in the universe and falls short of nothing, but for what is changed. */
export const candidate = (symbol: string, changed: object = {}): object => ({
  symbol,
  base_asset: symbol.replace(/USDT$/, ''),
  metadata_failures: [],
  is_benchmark: false,
  prefilter: {
    place: 1,
    selected: true,
    latest_date: '2026-07-31',
    measured: MEASURED,
    failed: [],
  },
  loaded: true,
  daily: {
    eligible: true,
    rules: { history: true, liquidity: true, tradable: true, continuous: true },
    measured: MEASURED,
    failed: [],
  },
  streaks: { eligible: 5, ineligible: 0 },
  in_universe: true,
  ...changed,
});

/** What a candidate's day looks like that falls short of one check. */
export const shortOf = (rule: string, measure: string, value: number | null, minimum: number) => ({
  eligible: false,
  rules: { history: true, liquidity: true, tradable: true, continuous: true, [rule]: false },
  measured: { ...MEASURED, [measure]: value },
  failed: [{ rule, measure, minimum }],
});

const MODEL = {
  target: 'blended_rank_pct',
  features: [],
  training_start: '2024-01-01',
  training_end: '2025-12-31',
  training_rows: 0,
  scoring_rows: 0,
  linear_backend: 'none',
  ridge_alpha: 2,
  tree_backend: 'none',
  tree_parameters: {
    trees: 300,
    learning_rate: 0.05,
    leaves: 31,
    min_rows_in_leaf: 30,
    feature_fraction: 0.75,
    seed: 42,
    max_bins: 255,
  },
  prediction_sha256: 'a'.repeat(64),
  fit: null,
};

/** The evidence that a ranking of these names would leave: blended and ordered by the method. */
export const evidenceOf = (
  names: readonly Name[],
  {
    regime = 'risk_off',
    asOf = '2026-07-31',
    poolSize = 5,
    candidates = names.map(({ symbol }) => candidate(symbol)),
    leveraged = [],
  }: Circumstances = {},
): RankingEvidence => {
  const raw = {
    rule: Float64Array.from(names, ({ rule }) => rule),
    linear: Float64Array.from(names, ({ linear }) => linear),
    tree: Float64Array.from(names, ({ tree }) => tree),
  };
  const weights = REGIME_WEIGHTS[regime];
  const { normalised, finalScore, confidence } = blendScores(raw, weights);
  const component = (of: 'rule' | 'linear' | 'tree', i: number) => ({
    raw: nanToNull(raw[of][i]),
    normalised: nanToNull(normalised[of][i]),
  });
  const ordered = names
    .map(({ symbol, stability = 0.7, volume = 3e7 }, i) => ({
      i,
      symbol,
      finalScore: finalScore[i] ?? Number.NaN,
      confidence: confidence[i] ?? Number.NaN,
      liquidityStability: stability,
      averageQuoteVolume180: volume,
    }))
    .sort(byRank);
  return getOrThrow(
    validated(
      RankingEvidence,
      'constructed evidence',
    )({
      schema_version: 1,
      as_of_date: asOf,
      mode: 'core_major',
      regime,
      regime_confidence: 0.5,
      regime_inputs: {},
      weights,
      universe: ordered.map((key, index) => ({
        symbol: key.symbol,
        base_asset: key.symbol.replace(/USDT$/, ''),
        current_rank: index + 1,
        selected: index < poolSize,
        final_score: nanToNull(key.finalScore),
        confidence: nanToNull(key.confidence),
        rule: component('rule', key.i),
        linear: component('linear', key.i),
        tree: component('tree', key.i),
        rule_schemes: {},
        liquidity_stability: nanToNull(key.liquidityStability),
        avg_quote_vol_180: nanToNull(key.averageQuoteVolume180),
      })),
      candidates,
      thresholds: { daily: [], prefilter: [] },
      model: MODEL,
      leveraged_rule_differences: leveraged,
    }),
  );
};

/** Eleven names of which the two given ones stand fifth and sixth with six elevenths each. */
export const augustTie = (one: Name, other: Name): readonly Name[] => [
  name('TRXUSDT', [11, 11, 11]),
  name('LTCUSDT', [10, 10, 10]),
  name('ETHUSDT', [9, 9, 9]),
  name('LINKUSDT', [8, 8, 8]),
  one,
  other,
  name('ADAUSDT', [5, 1, 4]),
  name('BCHUSDT', [4, 4, 3]),
  name('DOGEUSDT', [3, 3, 2]),
  name('AVAXUSDT', [2, 2, 1]),
  name('NEARUSDT', [1, 7, 7]),
];
