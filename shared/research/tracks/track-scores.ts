import { allocateColumns, type Columns, column } from '../../ranking/column-table.js';
import { datesOf, wholeCalendar } from '../../ranking/cross-section.js';
import { blendScores } from '../../ranking/models/blend.js';
import { REGIME_WEIGHTS } from '../../ranking/parameters.js';
import { byRank } from '../../ranking/rank-order.js';
import type { RegimeCall } from '../../ranking/regime.js';
import { floatAt, intAt } from '../../typed-arrays.js';
import type { SampleRow } from '../../units.js';
import type { ResearchMarket } from '../prepare-research.js';
import { sampleSpan } from '../sample.js';
import type { WalkForwardScores } from '../walk-forward/combine-windows.js';

/** The four scores that research compares, in the order of its tables. */
export const STRATEGIES = ['rule_score', 'linear_score', 'ml_score', 'final_score'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export type ScoreColumn = Strategy | 'confidence' | 'current_rank';
export const SCORE_COLUMNS: readonly ScoreColumn[] = [...STRATEGIES, 'confidence', 'current_rank'];

/**
 * The scores of a track per sample row: components as percentile ranks within the date, and blend,
 * confidence and place in it. The last three are NaN on dates that no window scored.
 */
export type TrackScores = Columns<ScoreColumn>;

/** Normalises, blends and ranks every date as a live build does its as-of day (METHOD §10). */
export const scoreTrack = (market: ResearchMarket, walk: WalkForwardScores): TrackScores => {
  const { offsets } = market.sample;
  const scores = allocateColumns(SCORE_COLUMNS, market.columns.rows);
  const rule = column(market.columns, 'rule_score_raw');
  for (const date of datesOf(wholeCalendar(market.panel))) {
    const { first, end } = sampleSpan(offsets, { first: date, last: date });
    if (first === end) continue;
    const raw = {
      rule: rule.subarray(first, end),
      linear: walk.linear.subarray(first, end),
      tree: walk.tree.subarray(first, end),
    };
    const { regime } = market.regimes[date] as RegimeCall;
    const { normalised, finalScore, confidence } = blendScores(raw, REGIME_WEIGHTS[regime]);
    column(scores, 'rule_score').set(normalised.rule, first);
    column(scores, 'linear_score').set(normalised.linear, first);
    column(scores, 'ml_score').set(normalised.tree, first);
    // The windows score whole dates, so the first row represents all.
    if (walk.windowCount[first] === 0) continue;
    column(scores, 'final_score').set(finalScore, first);
    column(scores, 'confidence').set(confidence, first);
    rankDate(market, scores, first, end);
  }
  return scores;
};

const rankDate = (
  market: ResearchMarket,
  scores: TrackScores,
  first: SampleRow,
  end: SampleRow,
): void => {
  const { panel, columns, symbolOfRow } = market;
  const finalScore = column(scores, 'final_score');
  const confidence = column(scores, 'confidence');
  const stability = column(columns, 'liquidity_stability');
  const volume = column(columns, 'avg_quote_vol_180');
  const rank = column(scores, 'current_rank');
  Array.from({ length: end - first }, (_, i) => ({
    row: first + i,
    symbol: panel.symbols[intAt(symbolOfRow, first + i)] as string,
    finalScore: floatAt(finalScore, first + i),
    confidence: floatAt(confidence, first + i),
    liquidityStability: floatAt(stability, first + i),
    averageQuoteVolume180: floatAt(volume, first + i),
  }))
    .filter((key) => !Number.isNaN(key.finalScore))
    .sort(byRank)
    .forEach(({ row }, place) => {
      rank[row] = place + 1;
    });
};
