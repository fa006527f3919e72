import { baseAssetOf } from '../../../shared/codec/base-asset.js';

/** The Levenshtein distance: the letters to insert, delete or replace. */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** At most three names similar to `typed`, the closest first. */
export const closestNames = (typed: string, names: readonly string[]): readonly string[] => {
  const base = baseAssetOf(typed);
  return names
    .map((name) => {
      const other = baseAssetOf(name);
      const part = base.length > 1 && (other.includes(base) || base.includes(other));
      return { name, far: part ? 1 : editDistance(base, other) };
    })
    .filter(({ far }) => far <= Math.max(1, Math.floor(base.length / 3)))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
};
