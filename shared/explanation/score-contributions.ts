import type { ComponentName, Scores } from '../evidence/explanation.js';
import type { RankingEvidence } from '../evidence/ranking.js';
import { agreementOf, edgeOf } from '../ranking/models/blend.js';
import { nanToNull } from '../ranking/nan-to-null.js';

export const COMPONENTS = ['rule', 'linear', 'tree'] as const satisfies readonly ComponentName[];

/**
 * The contributions of the components to a final score, summed in the order of the blend (METHOD
 * §10). A missing component contributes nothing, and the weights of the others are rescaled.
 */
export const scoresOf = (
  row: RankingEvidence['universe'][number],
  weights: RankingEvidence['weights'],
): Scores => {
  let total = 0;
  for (const name of COMPONENTS) if (row[name].normalised !== null) total += weights[name];
  const component = (name: ComponentName) => {
    const { raw, normalised } = row[name];
    const weight = weights[name];
    const contribution = normalised === null ? null : (normalised * weight) / total;
    return { raw, normalised, weight, contribution };
  };
  const parts = { rule: component('rule'), linear: component('linear'), tree: component('tree') };
  let sum = 0;
  for (const name of COMPONENTS) sum += parts[name].contribution ?? 0;
  const normalised = COMPONENTS.map((name) => parts[name].normalised ?? Number.NaN);
  const { final_score, confidence } = row;
  const scored = final_score !== null;
  return {
    final_score,
    confidence,
    agreement: scored ? nanToNull(agreementOf(Float64Array.from(normalised))) : null,
    edge: scored ? edgeOf(final_score) : null,
    ...parts,
    residual: scored ? final_score - sum : null,
  };
};
