import type { ComponentName, Reweighting } from '../evidence/explanation.js';
import type { ComponentWeights } from '../ranking/parameters.js';
import { COMPONENTS } from './score-contributions.js';
import {
  canPoolChange,
  NO_CHANGE,
  poolChange,
  type RerankedPool,
  rerank,
  type ScoredUniverse,
} from './scored-universe.js';

const HUNDRED = 100;

/** Sets one weight and rescales the others, so that the sum is unchanged. */
export const reweighted = (
  weights: ComponentWeights,
  component: ComponentName,
  to: number,
): ComponentWeights => {
  const scale = (1 - to) / (1 - weights[component]);
  return {
    rule: weights.rule * scale,
    linear: weights.linear * scale,
    tree: weights.tree * scale,
    [component]: to,
  };
};

const nearestChange = (
  scored: ScoredUniverse,
  now: RerankedPool,
  component: ComponentName,
  direction: Reweighting['direction'],
): Reweighting => {
  const from = scored.weights[component];
  const about = { component, direction, from } as const;
  const step = direction === 'up' ? 1 : -1;
  for (let k = Math.round(from * HUNDRED) + step; k >= 0 && k <= HUNDRED; k += step) {
    const weights = reweighted(scored.weights, component, k / HUNDRED);
    if (!canPoolChange(scored, now.blended.normalised, weights)) continue;
    const change = poolChange(now.pool, rerank({ ...scored, weights }).pool);
    if (change.enters.length > 0) return { ...about, to: k / HUNDRED, weights, ...change };
  }
  return { ...about, to: null, weights: null, ...NO_CHANGE };
};

/** In hundredths; larger than any possible change if there is no change. */
const distance = ({ from, to }: Reweighting): number =>
  to === null ? HUNDRED + 1 : Math.round(Math.abs(to - from) * HUNDRED);

/**
 * For each component, the nearest weight above and below its own, in steps of 0.01, that changes
 * the pool. Nearest first; found by blending and ranking again.
 */
export const nearestReweightings = (scored: ScoredUniverse): readonly Reweighting[] => {
  if (scored.symbols.length <= scored.poolSize) return [];
  const now = rerank(scored);
  return COMPONENTS.flatMap((component) =>
    (['down', 'up'] as const).map((direction) => nearestChange(scored, now, component, direction)),
  ).sort((a, b) => distance(a) - distance(b));
};
