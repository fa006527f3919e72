import type { Dataset, DatasetFeature } from './dataset.js';
import type { Histogram, Layout, Totals } from './histogram.js';

/** The best way to split a leaf. */
export interface Split {
  /** Index into the dataset's features. */
  readonly feature: number;
  /** This bin and those below it go left. */
  readonly bin: number;
  /** Whether the bin of NaN goes left. */
  readonly missingLeft: boolean;
  /** Twice the reduction of the leaf's squared error; above 0. */
  readonly gain: number;
  readonly left: Totals;
}

/** The statistics of a leaf. */
export interface Search {
  readonly best: Split | undefined;
  /** The features that can split the leaf; its children consider no others. */
  readonly splittable: Int32Array;
}

/** The best threshold of one feature so far; `gain` still contains the leaf's own score. */
interface SplitCandidate {
  gain: number;
  bin: number;
  missingLeft: boolean;
  leftSum: number;
  leftCount: number;
}

/**
 * Far more than the rounding difference between two ways to compute a gain, which is at most about
 * 2^-50 sqrt(n / m) of it in a leaf of n rows of which m are on the left.
 */
const MARGIN = 1e-9;

/**
 * Tries the thresholds of the bins from `begin` to `last` (histogram positions of their sums) from
 * the right. The first of equal gains wins, so runs of empty bins give the largest threshold. Once
 * a threshold gains anything, thresholds that gain no more than `bar` may be passed over. The side
 * of NaN is the same for all of them: the caller has set it in `candidate`.
 */
const scanFromRight = (
  histogram: Histogram,
  begin: number,
  last: number,
  { count, sum }: Totals,
  minRows: number,
  candidate: SplitCandidate,
  bar: number,
): void => {
  const most = count - minRows;
  const mean = sum / count;
  const ownScore = candidate.gain;
  let least = (-MARGIN * ownScore) / count;
  let rightSum = 0;
  let rightCount = 0;
  let at = last;
  // Bins with too few rows first, in a separate loop, which saves the other loop a test.
  for (; at > begin && rightCount < minRows; at -= 2) {
    rightSum += histogram[at] as number;
    rightCount += histogram[at + 1] as number;
  }
  if (rightCount < minRows) return;
  // `at` is the last bin of the left side.
  for (; at >= begin && rightCount <= most; at -= 2) {
    const leftCount = count - rightCount;
    // With d = rightSum - mean * rightCount the net gain is count * d^2 / (leftCount * rightCount).
    // That rejects nearly all thresholds without a division; the rest use the reference's formula.
    const deviation = rightSum - mean * rightCount;
    if (!(deviation * deviation < least * (leftCount * rightCount))) {
      const leftSum = sum - rightSum;
      const gain = (leftSum * leftSum) / leftCount + (rightSum * rightSum) / rightCount;
      if (gain > candidate.gain) {
        candidate.gain = gain;
        candidate.bin = (at - begin) / 2;
        candidate.leftSum = leftSum;
        candidate.leftCount = leftCount;
        const best = gain > bar ? gain : bar;
        least = (best - ownScore - MARGIN * best) / count;
      }
    }
    rightSum += histogram[at] as number;
    rightCount += histogram[at + 1] as number;
  }
};

/** Tries the same thresholds with the last bin, which holds NaN, on the right side. */
const scanFromLeft = (
  histogram: Histogram,
  begin: number,
  last: number,
  { count, sum }: Totals,
  minRows: number,
  candidate: SplitCandidate,
  mostFrequentBin: number,
): void => {
  let leftSum = 0;
  let leftCount = 0;
  for (let at = begin; at < last; at += 2) {
    if (at === begin && mostFrequentBin === 0) {
      // The reference does not store this bin; the rounding of the difference is part of its
      // result.
      leftSum = sum;
      leftCount = histogram[at + 1] as number;
      for (let other = begin + 2; other <= last; other += 2) leftSum -= histogram[other] as number;
    } else {
      leftSum += histogram[at] as number;
      leftCount += histogram[at + 1] as number;
    }
    const rightCount = count - leftCount;
    if (leftCount < minRows) continue;
    if (rightCount < minRows) break;
    const rightSum = sum - leftSum;
    const gain = (leftSum * leftSum) / leftCount + (rightSum * rightSum) / rightCount;
    if (gain > candidate.gain) {
      candidate.gain = gain;
      candidate.bin = (at - begin) / 2;
      candidate.missingLeft = false;
      candidate.leftSum = leftSum;
      candidate.leftCount = leftCount;
    }
  }
};

/**
 * The best split of a leaf over `features`, with at least `minRows` rows on both sides
 * (LIGHTGBM.md §6). Of equal gains the first feature wins, and its largest threshold.
 *
 * The reference adds 1e-15 to its sums of hessians and subtracts it again. With at least 17 rows
 * on a side every such sum rounds to the number of rows, which is why counts are enough here.
 */
export const findSplit = (
  histogram: Histogram,
  dataset: Dataset,
  features: Int32Array,
  { offsets }: Layout,
  leaf: Totals,
  minRows: number,
): Search => {
  const ownScore = (leaf.sum * leaf.sum) / leaf.count;
  const candidate: SplitCandidate = {
    gain: 0,
    bin: 0,
    missingLeft: false,
    leftSum: 0,
    leftCount: 0,
  };
  const splittable = new Int32Array(features.length);
  let splittableCount = 0;
  let best: Split | undefined;
  // The largest gain so far, still with the leaf's own score.
  let bar = ownScore;
  for (const feature of features) {
    const { binCount, hasMissingBin, mostFrequentBin } = (
      dataset.features[feature] as DatasetFeature
    ).mapping;
    const begin = offsets[feature] as number;
    const last = begin + 2 * (binCount - 1);
    const triesBothSides = hasMissingBin && binCount > 2;
    candidate.gain = ownScore;
    candidate.missingLeft = triesBothSides;
    if (triesBothSides) {
      scanFromRight(histogram, begin, last - 2, leaf, minRows, candidate, ownScore);
      // The reference compares with the net gain plus the leaf's own score. Rounding in these two
      // steps can let an equal gain win, and gains are often equal: whenever a leaf has no NaN.
      candidate.gain = candidate.gain - ownScore + ownScore;
      scanFromLeft(histogram, begin, last, leaf, minRows, candidate, mostFrequentBin);
    } else {
      scanFromRight(histogram, begin, last, leaf, minRows, candidate, bar);
    }
    if (!(candidate.gain > ownScore)) continue;
    splittable[splittableCount] = feature;
    splittableCount += 1;
    const gain = candidate.gain - ownScore;
    if (best !== undefined && !(gain > best.gain)) continue;
    const { bin, missingLeft, leftSum, leftCount } = candidate;
    bar = candidate.gain;
    best = { feature, bin, missingLeft, gain, left: { count: leftCount, sum: leftSum } };
  }
  return { best, splittable: splittable.subarray(0, splittableCount) };
};
