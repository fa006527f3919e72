import type { RankingEvidence } from '../evidence/ranking.js';
import {
  type BlendedScores,
  blendScores,
  type ComponentScores,
  weightedMeans,
} from '../ranking/models/blend.js';
import type { ComponentWeights } from '../ranking/parameters.js';
import { byRank, type RankKey } from '../ranking/rank-order.js';
import { floatAt } from '../typed-arrays.js';

/** The input of the blend: the universe of the as-of day in rank order; NaN for missing scores. */
export interface ScoredUniverse {
  readonly symbols: readonly string[];
  readonly raw: ComponentScores;
  readonly weights: ComponentWeights;
  readonly liquidityStability: Float64Array;
  readonly averageQuoteVolume180: Float64Array;
  readonly poolSize: number;
}

export const scoredUniverse = ({ universe, weights }: RankingEvidence): ScoredUniverse => {
  type Row = (typeof universe)[number];
  const gather = (read: (row: Row) => number | null): Float64Array =>
    Float64Array.from(universe, (row) => read(row) ?? Number.NaN);
  return {
    symbols: universe.map(({ symbol }) => symbol),
    raw: {
      rule: gather(({ rule }) => rule.raw),
      linear: gather(({ linear }) => linear.raw),
      tree: gather(({ tree }) => tree.raw),
    },
    weights,
    liquidityStability: gather((row) => row.liquidity_stability),
    averageQuoteVolume180: gather((row) => row.avg_quote_vol_180),
    poolSize: universe.filter(({ selected }) => selected).length,
  };
};

/** The ranking keys of each row. */
const rankKeys = (scored: ScoredUniverse, blended: BlendedScores): readonly RankKey[] =>
  scored.symbols.map((symbol, i) => ({
    symbol,
    finalScore: floatAt(blended.finalScore, i),
    confidence: floatAt(blended.confidence, i),
    liquidityStability: floatAt(scored.liquidityStability, i),
    averageQuoteVolume180: floatAt(scored.averageQuoteVolume180, i),
  }));

/** A universe that was blended and ranked again with the kernels of the method. */
export interface RerankedPool {
  readonly blended: BlendedScores;
  readonly pool: readonly string[];
}

export const rerank = (scored: ScoredUniverse): RerankedPool => {
  const blended = blendScores(scored.raw, scored.weights);
  const ranked = [...rankKeys(scored, blended)].sort(byRank);
  return { blended, pool: ranked.slice(0, scored.poolSize).map(({ symbol }) => symbol) };
};

/**
 * A cheap check before ranking again: false if every selected symbol still scores clearly above all
 * others, so that the pool cannot change.
 */
export const canPoolChange = (
  { poolSize }: ScoredUniverse,
  normalised: ComponentScores,
  weights: ComponentWeights,
): boolean => {
  const scores = weightedMeans(normalised, weights);
  let lowestInside = Number.POSITIVE_INFINITY;
  let highestOutside = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i += 1) {
    const score = floatAt(scores, i);
    // A missing score gives NaN, so that the result is true.
    if (i < poolSize) lowestInside = Math.min(lowestInside, score);
    else highestOutside = Math.max(highestOutside, score);
  }
  return !(lowestInside > highestOutside);
};

export interface PoolChange {
  readonly enters: readonly string[];
  readonly leaves: readonly string[];
}

export const NO_CHANGE: PoolChange = { enters: [], leaves: [] };

export const poolChange = (before: readonly string[], after: readonly string[]): PoolChange => ({
  enters: after.filter((symbol) => !before.includes(symbol)),
  leaves: before.filter((symbol) => !after.includes(symbol)),
});
