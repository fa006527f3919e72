import type { ComponentName, Move } from '../evidence/explanation.js';
import { ascending, percentileRank } from '../ranking/statistics/percentile-rank.js';
import { floatAt } from '../typed-arrays.js';
import { COMPONENTS } from './score-contributions.js';
import {
  canPoolChange,
  NO_CHANGE,
  poolChange,
  type RerankedPool,
  rerank,
  type ScoredUniverse,
} from './scored-universe.js';

/** Number of symbols examined on either side of the boundary. */
const NEAR = 5;

/** Even numbers in the order of the values, equal for ties, so that a symbol fits in between. */
export const evenlySpaced = (values: Float64Array): Float64Array => {
  const places = new Float64Array(values.length).fill(Number.NaN);
  let place = 0;
  let last = Number.NaN;
  for (const i of ascending(values)) {
    if (values[i] !== last) place += 2;
    last = floatAt(values, i);
    places[i] = place;
  }
  return places;
};

/** The free ranks above (below) a symbol, nearest first, with the number of symbols passed. */
const freePlaces = (
  places: Float64Array,
  row: number,
  direction: Move['direction'],
): readonly { readonly place: number; readonly passed: number }[] => {
  const own = floatAt(places, row);
  const step = direction === 'up' ? 1 : -1;
  const others = [...places]
    .filter((place, i) => i !== row && (place - own) * step >= 0)
    .sort((a, b) => (a - b) * step);
  return others.flatMap((place, i) =>
    place === others[i + 1] ? [] : [{ place: place + step, passed: i + 1 }],
  );
};

const smallestRankChange = (
  scored: ScoredUniverse,
  now: RerankedPool,
  row: number,
  component: ComponentName,
): Move | undefined => {
  const symbol = scored.symbols[row];
  const from = now.blended.normalised[component][row];
  if (symbol === undefined || from === undefined || Number.isNaN(from)) return undefined;
  const inside = now.pool.includes(symbol);
  const direction = inside ? 'down' : 'up';
  const about = { symbol, component, direction, normalised_from: from } as const;
  const places = evenlySpaced(scored.raw[component]);
  for (const { place, passed } of freePlaces(places, row, direction)) {
    const moved = Float64Array.from(places);
    moved[row] = place;
    const normalised = { ...now.blended.normalised, [component]: percentileRank(moved) };
    if (!canPoolChange(scored, normalised, scored.weights)) continue;
    const then = rerank({ ...scored, raw: { ...scored.raw, [component]: moved } });
    if (then.pool.includes(symbol) !== inside) {
      const to = floatAt(then.blended.normalised[component], row);
      return { ...about, places: passed, normalised_to: to, ...poolChange(now.pool, then.pool) };
    }
  }
  return { ...about, places: null, normalised_to: null, ...NO_CHANGE };
};

/**
 * For the symbols next to the boundary, the smallest rank change in each component that moves the
 * symbol across it. Components count as percentile ranks, so a symbol moves by whole ranks: each
 * symbol that it passes loses one rank, and all other raw scores are unchanged. Each rank change is
 * found by blending and ranking again, not by algebra.
 */
export const smallestRankChanges = (scored: ScoredUniverse): readonly Move[] => {
  const { symbols, poolSize } = scored;
  if (symbols.length <= poolSize) return [];
  const now = rerank(scored);
  const near = symbols.flatMap((_, row) =>
    row >= poolSize - NEAR && row < poolSize + NEAR ? [row] : [],
  );
  return near
    .flatMap((row) =>
      COMPONENTS.map((component) => smallestRankChange(scored, now, row, component)),
    )
    .filter((move) => move !== undefined)
    .sort((a, b) => (a.places ?? symbols.length) - (b.places ?? symbols.length));
};
