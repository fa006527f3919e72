import { floatAt } from '../../typed-arrays.js';
import { CONFIDENCE_WEIGHTS, type ComponentWeights } from '../parameters.js';
import { percentileRank } from '../statistics/percentile-rank.js';
import { standardDeviation } from '../statistics/standard-deviation.js';

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
 * The weighted means of the rows' normalised components (METHOD §10). A missing component is left
 * out of both sums; NaN if all are missing.
 *
 * The additions are done in this very order: where two names have mathematically equal scores,
 * the last bit decides their rank.
 */
export const weightedMeans = (
  normalised: ComponentScores,
  weights: ComponentWeights,
): Float64Array => {
  const means = new Float64Array(normalised.rule.length);
  const components = [normalised.rule, normalised.linear, normalised.tree];
  const weight = [weights.rule, weights.linear, weights.tree];
  for (let i = 0; i < means.length; i += 1) {
    let sum = 0;
    let total = 0;
    for (let k = 0; k < components.length; k += 1) {
      const score = floatAt(components[k] as Float64Array, i);
      if (Number.isNaN(score)) continue;
      sum += score * (weight[k] as number);
      total += weight[k] as number;
    }
    means[i] = sum / total;
  }
  return means;
};

/**
 * Normalises the components within the date, blends them by weight and computes their agreement
 * (METHOD §10).
 */
export const blendScores = (raw: ComponentScores, weights: ComponentWeights): BlendedScores => {
  const normalised = {
    rule: percentileRank(raw.rule),
    linear: percentileRank(raw.linear),
    tree: percentileRank(raw.tree),
  };
  const finalScore = weightedMeans(normalised, weights);
  const confidence = new Float64Array(finalScore.length);
  const components = new Float64Array(3);
  for (let i = 0; i < confidence.length; i += 1) {
    components[0] = floatAt(normalised.rule, i);
    components[1] = floatAt(normalised.linear, i);
    components[2] = floatAt(normalised.tree, i);
    confidence[i] = confidenceOf(components, floatAt(finalScore, i));
  }
  return { normalised, finalScore, confidence };
};

/**
 * 1 if the components are equal, 0 if they contradict each other (METHOD §10). Missing ones (NaN)
 * do not count; a single component has no agreement.
 */
export const agreementOf = (components: Float64Array): number => {
  const spread = standardDeviation(components);
  return 1 - 2 * (Number.isNaN(spread) ? 0.5 : clip(spread, 0, 0.5));
};

/** The distance of the score from the middle of the range, in [0, 1]. */
export const edgeOf = (finalScore: number): number => 2 * Math.abs(finalScore - 0.5);

const confidenceOf = (components: Float64Array, finalScore: number): number =>
  clip(
    CONFIDENCE_WEIGHTS.agreement * agreementOf(components) +
      CONFIDENCE_WEIGHTS.edge * edgeOf(finalScore),
    0,
    1,
  );
