import { floatAt } from '../typed-arrays.js';
import { panelRow } from '../units.js';
import { column } from './column-table.js';
import { gather } from './cross-section.js';
import { type BlendedScores, blendScores, type ComponentScores } from './models/blend.js';
import { ACTIVE_SCHEME, ruleScores } from './models/rule-scores.js';
import { nanToNull } from './nan-to-null.js';
import { symbolOf } from './panel.js';
import type { ComponentWeights } from './parameters.js';
import type { PreparedBuild } from './prepare-build.js';
import { byRank } from './rank-order.js';
import type { ComponentScore, RankedSymbol } from './ranking.js';

/** Raw scores of the models for the scoring rows; undefined if there is no model. */
export interface ModelScores {
  readonly linear: Float64Array | undefined;
  readonly tree: Float64Array | undefined;
}

/** Scores, blends and orders the universe of the as-of day (METHOD §6, §10). */
export const rankRows = (
  build: PreparedBuild,
  models: ModelScores,
  weights: ComponentWeights,
): readonly RankedSymbol[] => {
  const { panel, features, scoringRows, input, metadata } = build;
  const schemes = {
    relative_strength_focus: ruleScores(features.byRow, scoringRows, 'relative_strength_focus'),
    balanced_leader: ruleScores(features.byRow, scoringRows, 'balanced_leader'),
    conservative_trend_quality: ruleScores(
      features.byRow,
      scoringRows,
      'conservative_trend_quality',
    ),
  };
  const missing = new Float64Array(scoringRows.length).fill(Number.NaN);
  const raw: ComponentScores = {
    rule: schemes[ACTIVE_SCHEME],
    linear: models.linear ?? missing,
    tree: models.tree ?? missing,
  };
  const blended = blendScores(raw, weights);
  const stability = gather(column(features.byRow, 'liquidity_stability'), scoringRows);
  const volume = gather(column(features.byRow, 'avg_quote_vol_180'), scoringRows);
  return Array.from(scoringRows, (row, i) => ({
    i,
    symbol: symbolOf(panel, panelRow(row)),
    finalScore: floatAt(blended.finalScore, i),
    confidence: floatAt(blended.confidence, i),
    liquidityStability: floatAt(stability, i),
    averageQuoteVolume180: floatAt(volume, i),
  }))
    .sort(byRank)
    .map(({ i, symbol }, index) => ({
      symbol,
      baseAsset: metadata.get(symbol)?.baseAsset ?? '',
      rank: index + 1,
      selected: index < input.poolSize,
      finalScore: nanToNull(blended.finalScore[i]),
      confidence: nanToNull(blended.confidence[i]),
      rule: componentScore('rule', raw, blended, i),
      linear: componentScore('linear', raw, blended, i),
      tree: componentScore('tree', raw, blended, i),
      schemes: {
        relative_strength_focus: floatAt(schemes.relative_strength_focus, i),
        balanced_leader: floatAt(schemes.balanced_leader, i),
        conservative_trend_quality: floatAt(schemes.conservative_trend_quality, i),
      },
      liquidityStability: nanToNull(stability[i]),
      averageQuoteVolume180: nanToNull(volume[i]),
    }));
};

const componentScore = (
  name: keyof ComponentScores,
  raw: ComponentScores,
  { normalised }: BlendedScores,
  i: number,
): ComponentScore => ({ raw: nanToNull(raw[name][i]), normalised: nanToNull(normalised[name][i]) });
