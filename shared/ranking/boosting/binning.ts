import { floatAt } from '../../typed-arrays.js';
import { boundsAroundZero, type Distinct, distinctValues } from './bin-bounds.js';
import { TINY } from './floats.js';

/** How one feature's values become bins (LIGHTGBM.md §1). */
export interface BinMapping {
  /** Ascending, the last +Infinity. A value is in the first bin whose bound is not below it. */
  readonly upperBounds: Float64Array;
  /** Whether an additional last bin holds NaN. Without it NaN is treated as 0. */
  readonly hasMissingBin: boolean;
  /** At most 255, so that a bin fits a byte. */
  readonly binCount: number;
  /** The bin of 0. */
  readonly zeroBin: number;
  /** The bin with most rows if it has at least 70 % of them, otherwise the zero bin. */
  readonly mostFrequentBin: number;
}

const SPARSE_SHARE = 0.7;

/** The bin of a value. */
export const binOf = (
  { upperBounds, hasMissingBin, binCount }: BinMapping,
  value: number,
): number => {
  if (Number.isNaN(value) && hasMissingBin) return binCount - 1;
  const wanted = Number.isNaN(value) ? 0 : value;
  let low = 0;
  let high = upperBounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (floatAt(upperBounds, middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
};

const rowsPerBin = (distinct: Distinct, upperBounds: Float64Array): number[] => {
  const rows = new Array<number>(upperBounds.length).fill(0);
  let bin = 0;
  distinct.values.forEach((value, i) => {
    while (value > floatAt(upperBounds, bin)) bin += 1;
    rows[bin] = (rows[bin] as number) + (distinct.counts[i] as number);
  });
  return rows;
};

/** Whether some threshold leaves `least` rows on both sides. */
const canSplit = (rows: readonly number[], total: number, least: number): boolean => {
  let left = 0;
  return rows.slice(0, -1).some((count) => {
    left += count;
    return left >= least && total - left >= least;
  });
};

/**
 * Finds the bins of one feature from its (sampled) values; NaN is missing. Undefined when no
 * threshold leaves `minRowsOnSide` of them on both sides: such a feature is trivial and is dropped.
 */
export const findBins = (
  values: Float64Array,
  maxBins: number,
  minRowsOnSide: number,
): BinMapping | undefined => {
  const kept = new Float64Array(values.length);
  let keptCount = 0;
  let missing = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = floatAt(values, i);
    if (Number.isNaN(value)) missing += 1;
    else if (Math.abs(value) > TINY) {
      kept[keptCount] = value;
      keptCount += 1;
    }
  }
  const zeros = values.length - missing - keptCount;
  const distinct = distinctValues(kept.subarray(0, keptCount).sort(), zeros);
  const hasMissingBin = missing > 0;
  const upperBounds = Float64Array.from(
    boundsAroundZero(distinct, hasMissingBin ? maxBins - 1 : maxBins),
  );

  const rows = rowsPerBin(distinct, upperBounds);
  if (hasMissingBin) rows.push(missing);
  if (!canSplit(rows, values.length, minRowsOnSide)) return undefined;

  const mapping = {
    upperBounds,
    hasMissingBin,
    binCount: rows.length,
    zeroBin: 0,
    mostFrequentBin: 0,
  };
  const zeroBin = binOf(mapping, 0);
  const most = Math.max(...rows);
  const mostFrequentBin = most / values.length < SPARSE_SHARE ? zeroBin : rows.indexOf(most);
  return { ...mapping, zeroBin, mostFrequentBin };
};
