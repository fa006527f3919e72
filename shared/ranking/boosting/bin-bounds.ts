import { floatAt } from '../../typed-arrays.js';
import { nextUp, TINY } from './floats.js';

/** Distinct values ascending, and how many rows have each. */
export interface Distinct {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

const MIN_ROWS_IN_BIN = 3;

/** The bound between two neighbours, on the side of the left one. */
const boundBetween = (left: number, right: number): number => nextUp((left + right) / 2);

/** Appends the bound unless it equals the last one, to one unit in the last place. */
const pushBound = (bounds: number[], bound: number): boolean => {
  const last = bounds.at(-1);
  if (last !== undefined && bound <= nextUp(last)) return false;
  bounds.push(bound);
  return true;
};

/** A bin per distinct value, except that thin bins are merged with the next. */
const boundsOfFew = ({ values, counts }: Distinct): number[] => {
  const bounds: number[] = [];
  let rows = 0;
  for (let i = 0; i + 1 < values.length; i += 1) {
    rows += counts[i] as number;
    if (rows < MIN_ROWS_IN_BIN) continue;
    if (pushBound(bounds, boundBetween(values[i] as number, values[i + 1] as number))) rows = 0;
  }
  bounds.push(Number.POSITIVE_INFINITY);
  return bounds;
};

/** Bins of about equal weight; a value as heavy as the mean has a bin of its own. */
const boundsOfMany = ({ values, counts }: Distinct, limit: number, total: number): number[] => {
  const bins = Math.max(1, Math.min(limit, Math.floor(total / MIN_ROWS_IN_BIN)));
  // The first mean decides which values are heavy and is fixed; the second follows the rest.
  const heavyFrom = total / bins;
  let lightBins = bins;
  let lightRows = total;
  for (const count of counts) {
    if (count < heavyFrom) continue;
    lightBins -= 1;
    lightRows -= count;
  }
  // May be Infinity or NaN, which no count reaches.
  let mean = lightRows / lightBins;
  const bounds: number[] = [];
  let rows = 0;
  let closed = 0;
  for (let i = 0; i + 1 < values.length; i += 1) {
    const count = counts[i] as number;
    const heavy = count >= heavyFrom;
    if (!heavy) lightRows -= count;
    rows += count;
    const heavyNext = (counts[i + 1] as number) >= heavyFrom;
    if (!heavy && !(rows >= mean) && !(heavyNext && rows >= Math.max(1, mean / 2))) continue;
    pushBound(bounds, boundBetween(values[i] as number, values[i + 1] as number));
    closed += 1;
    if (closed >= bins - 1) break;
    rows = 0;
    if (!heavy) {
      lightBins -= 1;
      mean = lightRows / lightBins;
    }
  }
  bounds.push(Number.POSITIVE_INFINITY);
  return bounds;
};

/**
 * Upper bounds of at most `limit` bins, ascending, the last +Infinity (LIGHTGBM.md §1.4). `total`
 * is the sum of the counts.
 */
export const greedyBounds = (distinct: Distinct, limit: number, total: number): number[] =>
  distinct.values.length <= limit ? boundsOfFew(distinct) : boundsOfMany(distinct, limit, total);

const part = ({ values, counts }: Distinct, from: number, to: number): Distinct => ({
  values: values.slice(from, to),
  counts: counts.slice(from, to),
});

const sum = (counts: readonly number[]): number =>
  counts.reduce((total, count) => total + count, 0);

/**
 * Upper bounds of at most `limit` bins in which zero has a bin of its own (LIGHTGBM.md §1.3): the
 * negative values and the positive ones are cut separately, in proportion to their numbers.
 */
export const boundsAroundZero = (distinct: Distinct, limit: number): number[] => {
  const { values } = distinct;
  const negativeEnd = values.filter((value) => value <= -TINY).length;
  const positiveStart = values.length - values.filter((value) => value > TINY).length;
  const negative = part(distinct, 0, negativeEnd);
  const positive = part(distinct, positiveStart, values.length);
  const negativeRows = sum(negative.counts);
  const positiveRows = sum(positive.counts);

  const bounds: number[] = [];
  if (negativeEnd > 0) {
    const share = negativeRows / (negativeRows + positiveRows);
    const negativeLimit = Math.max(1, Math.trunc(share * (limit - 1)));
    bounds.push(...greedyBounds(negative, negativeLimit, negativeRows));
    bounds[bounds.length - 1] = -TINY;
  }
  const positiveLimit = limit - 1 - bounds.length;
  if (positive.values.length > 0 && positiveLimit > 0) {
    bounds.push(TINY, ...greedyBounds(positive, positiveLimit, positiveRows));
  } else {
    bounds.push(Number.POSITIVE_INFINITY);
  }
  return bounds;
};

/**
 * The distinct values among `sorted` (ascending, none within ±TINY) and `zeros` zeros
 * (LIGHTGBM.md §1.2). Neighbours one unit in the last place apart are one value, the larger.
 */
export const distinctValues = (sorted: Float64Array, zeros: number): Distinct => {
  const values: number[] = [];
  const counts: number[] = [];
  const push = (value: number, count: number): void => {
    values.push(value);
    counts.push(count);
  };
  const first = sorted[0];
  if (first === undefined || (first > 0 && zeros > 0)) push(0, zeros);
  let previous = Number.NaN;
  for (let i = 0; i < sorted.length; i += 1) {
    const value = floatAt(sorted, i);
    if (value === previous || value <= nextUp(previous)) {
      const at = values.length - 1;
      values[at] = value;
      counts[at] = (counts[at] as number) + 1;
    } else {
      // Between the signs zero is an entry even if no row has it.
      if (previous < 0 && value > 0) push(0, zeros);
      push(value, 1);
    }
    previous = value;
  }
  if (previous < 0 && zeros > 0) push(0, zeros);
  return { values, counts };
};
