import { floatAt } from '../../typed-arrays.js';
import { type Columns, column } from '../column-table.js';
import { gather } from '../cross-section.js';
import type { RowColumn } from '../features/names.js';
import { percentileRank } from '../statistics/percentile-rank.js';

interface Term {
  readonly feature: RowColumn;
  readonly weight: number;
  /** −1 where less is better. */
  readonly sign?: -1;
}

/** The rule schemes, their terms in the order in which they are added (METHOD §6). */
export const RULE_SCHEMES = {
  relative_strength_focus: [
    { feature: 'rs_risk_adj', weight: 0.35 },
    { feature: 'trend_persist_90', weight: 0.15 },
    { feature: 'price_vs_sma200', weight: 0.15 },
    { feature: 'dist_to_90d_high', weight: 0.1 },
    { feature: 'liquidity_stability', weight: 0.1 },
    { feature: 'risk_adjusted_momentum', weight: 0.15 },
  ],
  balanced_leader: [
    { feature: 'rs_risk_adj', weight: 0.25 },
    { feature: 'trend_persist_90', weight: 0.2 },
    { feature: 'price_vs_sma200', weight: 0.15 },
    { feature: 'ma200_slope', weight: 0.1 },
    { feature: 'risk_adjusted_momentum', weight: 0.15 },
    { feature: 'liquidity_stability', weight: 0.1 },
    { feature: 'avg_quote_vol_180', weight: 0.05 },
  ],
  conservative_trend_quality: [
    { feature: 'trend_persist_90', weight: 0.25 },
    { feature: 'price_vs_sma200', weight: 0.2 },
    { feature: 'ma200_slope', weight: 0.15 },
    { feature: 'liquidity_stability', weight: 0.15 },
    { feature: 'downside_volatility', weight: 0.1, sign: -1 },
    { feature: 'drawdown_severity', weight: 0.15, sign: -1 },
  ],
} as const satisfies Readonly<Record<string, readonly Term[]>>;

export type RuleScheme = keyof typeof RULE_SCHEMES;

/** The scheme whose score is the rule component of the blend. */
export const ACTIVE_SCHEME: RuleScheme = 'balanced_leader';

/**
 * The score of a scheme for the universe rows of one date: the weighted sum of the percentile
 * ranks among them, a missing value counting 0. Never NaN; in the order of `rows`.
 */
export const ruleScores = (
  features: Columns<RowColumn>,
  rows: Int32Array,
  scheme: RuleScheme,
): Float64Array => {
  const scores = new Float64Array(rows.length);
  const terms: readonly Term[] = RULE_SCHEMES[scheme];
  for (const { feature, weight, sign = 1 } of terms) {
    const values = gather(column(features, feature), rows);
    const ranks = percentileRank(sign === 1 ? values : values.map((value) => -value));
    for (let i = 0; i < scores.length; i += 1) {
      const rank = floatAt(ranks, i);
      scores[i] = floatAt(scores, i) + weight * (Number.isNaN(rank) ? 0 : rank);
    }
  }
  return scores;
};
