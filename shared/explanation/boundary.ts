import type { Boundary, OrderKey } from '../evidence/explanation.js';
import type { RankingEvidence } from '../evidence/ranking.js';
import { descending } from '../ranking/rank-order.js';

type Row = RankingEvidence['universe'][number];

/** The total order of the ranking (METHOD §10), with the key names of the evidence. */
const ORDER = [
  'final_score',
  'confidence',
  'liquidity_stability',
  'avg_quote_vol_180',
] as const satisfies readonly OrderKey[];

/** Final scores closer than this are the same sum of ranks and differ only by rounding. */
const ROUNDING = 1e-12;

const difference = (a: Row, b: Row, key: (typeof ORDER)[number]): number =>
  descending(a[key] ?? Number.NaN, b[key] ?? Number.NaN);

/** The last selected symbol, the first excluded one, and the difference between them. */
export const boundaryOf = ({ universe }: Pick<RankingEvidence, 'universe'>): Boundary => {
  const inside = universe.filter(({ selected }) => selected).at(-1);
  const outside = universe.find(({ selected }) => !selected);
  const names = { last_in: inside?.symbol ?? null, first_out: outside?.symbol ?? null };
  if (inside === undefined || outside === undefined)
    return { ...names, margin: null, tie: false, last_bits: false, decided_by: null, keys: [] };
  const scores = [inside.final_score, outside.final_score] as const;
  const margin = scores[0] === null || scores[1] === null ? null : scores[0] - scores[1];
  const tie = difference(inside, outside, 'final_score') === 0;
  return {
    ...names,
    margin,
    tie,
    last_bits: !tie && margin !== null && margin < ROUNDING,
    decided_by: ORDER.find((key) => difference(inside, outside, key) !== 0) ?? 'symbol',
    keys: [...ORDER, 'symbol' as const].map((key) => ({
      key,
      last_in: inside[key],
      first_out: outside[key],
    })),
  };
};
