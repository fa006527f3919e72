import type { ComponentWeights } from './method.js';
import { percentileRank } from './statistics/percentile-rank.js';
import { standardDeviation } from './statistics/standard-deviation.js';

/** The raw scores of one date's universe rows, in one order; missing is NaN. */
export interface ComponentScores {
  readonly rule: Float64Array;
  readonly linear: Float64Array;
  readonly tree: Float64Array;
}

export interface BlendedScores {
  /** Percentile ranks of the raw scores among the rows. */
  readonly normalised: ComponentScores;
  readonly finalScore: Float64Array;
  readonly confidence: Float64Array;
}

const clip = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/**
 * Normalises the components within the date, blends them by weight and says how much they agree
 * (METHOD §10). A missing component is left out of both sums; NaN if all are missing.
 *
 * The additions are done in this very order: where two names have mathematically equal scores,
 * the last bit decides their rank.
 */
export const blendScores = (raw: ComponentScores, weights: ComponentWeights): BlendedScores => {
  const normalised = {
    rule: percentileRank(raw.rule),
    linear: percentileRank(raw.linear),
    tree: percentileRank(raw.tree),
  };
  const size = raw.rule.length;
  const finalScore = new Float64Array(size);
  const confidence = new Float64Array(size);
  const components = new Float64Array(3);
  const weight = [weights.rule, weights.linear, weights.tree];
  for (let i = 0; i < size; i += 1) {
    components[0] = normalised.rule[i] as number;
    components[1] = normalised.linear[i] as number;
    components[2] = normalised.tree[i] as number;
    let sum = 0;
    let total = 0;
    for (let k = 0; k < components.length; k += 1) {
      if (Number.isNaN(components[k])) continue;
      sum += (components[k] as number) * (weight[k] as number);
      total += weight[k] as number;
    }
    finalScore[i] = sum / total;
    confidence[i] = confidenceOf(components, finalScore[i] as number);
  }
  return { normalised, finalScore, confidence };
};

/** How much the components agree, and how far the score is from the middle. */
const confidenceOf = (components: Float64Array, finalScore: number): number => {
  const spread = standardDeviation(components);
  const agreement = 1 - 2 * (Number.isNaN(spread) ? 0.5 : clip(spread, 0, 0.5));
  const edge = 2 * Math.abs(finalScore - 0.5);
  return clip(0.6 * agreement + 0.4 * edge, 0, 1);
};
