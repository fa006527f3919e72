import { byteAt, intAt } from '../../typed-arrays.js';
import { type LightgbmRandom, lightgbmRandom, sampleIndices } from './lightgbm-random.js';
import type { Sparsity } from './sparsity.js';

interface Group {
  readonly features: number[];
  /** 1 for each sampled row in which some member is away from its most frequent bin. */
  readonly used: Uint8Array;
  usedRows: number;
  /** The members' away rows; rows that collide are counted more than once. */
  total: number;
}

const MAX_CANDIDATES = 100;
const DENSE_SHARE = 0.4;

/** Rows in which members of one bundle may collide. None below 10,000 rows. */
const collisionLimit = (sampledRows: number): number => Math.floor(sampledRows / 10_000);

const emptyGroup = (sampledRows: number): Group => ({
  features: [],
  used: new Uint8Array(sampledRows),
  usedRows: 0,
  total: 0,
});

const collisions = (group: Group, away: Int32Array): number => {
  let count = 0;
  for (let i = 0; i < away.length; i += 1) count += byteAt(group.used, intAt(away, i));
  return count;
};

const join = (group: Group, feature: number, away: Int32Array, collided: number): void => {
  for (let i = 0; i < away.length; i += 1) group.used[intAt(away, i)] = 1;
  group.features.push(feature);
  group.usedRows += away.length - collided;
  group.total += away.length;
};

/** The last candidate first, then the others in order; if there are many, a random sample. */
const inSearchOrder = (
  candidates: readonly Group[],
  generator: LightgbmRandom,
): readonly Group[] => {
  const last = candidates.at(-1);
  if (last === undefined) return [];
  const others = candidates.length - 1;
  const chosen = sampleIndices(generator, others, Math.min(others, MAX_CANDIDATES - 1));
  return [last, ...Array.from(chosen, (index) => candidates[index] as Group)];
};

const groupGreedily = (
  order: readonly number[],
  sparsity: readonly Sparsity[],
  sampledRows: number,
  generator: LightgbmRandom,
): readonly Group[] => {
  const limit = collisionLimit(sampledRows);
  const groups: Group[] = [];
  for (const feature of order) {
    const { away } = sparsity[feature] as Sparsity;
    const candidates = groups.filter((group) => group.total + away.length <= sampledRows + limit);
    let home: Group | undefined;
    let collided = 0;
    for (const group of inSearchOrder(candidates, generator)) {
      collided = collisions(group, away);
      const allowed = limit - group.total + group.usedRows;
      if (collided <= allowed && collided <= Math.floor(away.length / 2)) {
        home = group;
        break;
      }
    }
    if (home === undefined) {
      home = emptyGroup(sampledRows);
      collided = 0;
      groups.push(home);
    }
    join(home, feature, away, collided);
  }
  return groups;
};

/** Whether one column can hold all these features and lose at most the limit. */
const fitTogether = (
  features: readonly number[],
  sparsity: readonly Sparsity[],
  sampledRows: number,
): boolean => {
  const all = emptyGroup(sampledRows);
  for (const feature of features) {
    const { away } = sparsity[feature] as Sparsity;
    join(all, feature, away, collisions(all, away));
  }
  return all.total - all.usedRows <= collisionLimit(sampledRows);
};

interface Bundling {
  readonly bundles: readonly (readonly number[])[];
  /** Groups of the library's own storage; fewer is better. */
  readonly size: number;
}

const bundleInOrder = (
  order: readonly number[],
  sparsity: readonly Sparsity[],
  sampledRows: number,
  rows: number,
): Bundling => {
  // One generator per run, seeded with the number of rows.
  const groups = groupGreedily(order, sparsity, sampledRows, lightgbmRandom(rows));
  const isDense = (group: Group): boolean => group.usedRows / sampledRows >= DENSE_SHARE;
  const dense = groups.filter(isDense).map((group) => group.features);
  const rest = groups.filter((group) => !isDense(group)).flatMap((group) => group.features);
  if (rest.length === 0) return { bundles: dense, size: dense.length };
  // Sparse features that collide too often share a store that loses no values.
  const last = fitTogether(rest, sparsity, sampledRows) ? [rest] : rest.map((feature) => [feature]);
  return { bundles: [...dense, ...last], size: dense.length + 1 };
};

/**
 * Exclusive feature bundling (LIGHTGBM.md §2): features, by their index in `sparsity`, that are
 * stored in one column, so that of two members that are both away from their most frequent bins
 * only the one with the larger index survives in that row. `rows` counts all training rows.
 */
export const bundleFeatures = (
  sparsity: readonly Sparsity[],
  sampledRows: number,
  rows: number,
): readonly (readonly number[])[] => {
  const byColumn = sparsity.map((_, feature) => feature);
  // The sort is stable: equal counts stay in column order.
  const byCount = [...byColumn].sort(
    (a, b) => (sparsity[b] as Sparsity).nonZero - (sparsity[a] as Sparsity).nonZero,
  );
  const first = bundleInOrder(byColumn, sparsity, sampledRows, rows);
  const second = bundleInOrder(byCount, sparsity, sampledRows, rows);
  return second.size < first.size ? second.bundles : first.bundles;
};
