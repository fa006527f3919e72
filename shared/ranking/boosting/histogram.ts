import type { Dataset, DatasetFeature } from './dataset.js';

/**
 * For every bin the sum of its rows' gradients and the number of its rows, side by side: bin `b` of
 * a feature is at `offset + 2 * b` (sum) and `offset + 2 * b + 1` (rows). With this objective each
 * row's hessian is 1, so the rows are the sum of the hessians, too.
 */
export type Histogram = Float64Array;

/** Rows of a leaf, and the sum of their gradients. */
export interface Totals {
  readonly count: number;
  readonly sum: number;
}

/** The positions of a tree's features in its histograms. */
export interface Layout {
  /** Ascending indices into the dataset's features. */
  readonly features: Int32Array;
  /** By feature; set only for the features above. */
  readonly offsets: Int32Array;
  readonly length: number;
}

export const layoutOf = (dataset: Dataset, features: Int32Array): Layout => {
  const offsets = new Int32Array(dataset.features.length);
  let length = 0;
  for (const feature of features) {
    offsets[feature] = length;
    length += 2 * (dataset.features[feature] as DatasetFeature).mapping.binCount;
  }
  return { features, offsets, length };
};

/**
 * Sets the sum of each feature's most frequent bin to what the other bins leave of the leaf's sum.
 * That is its sum already, but for the rounding, which the reference has in this order
 * (LIGHTGBM.md §5): without it the last bit of a leaf can differ where one bin has nearly all rows.
 */
export const restoreMostFrequent = (
  histogram: Histogram,
  dataset: Dataset,
  features: Int32Array,
  { offsets }: Layout,
  leaf: Totals,
): void => {
  for (const feature of features) {
    const { binCount, mostFrequentBin } = (dataset.features[feature] as DatasetFeature).mapping;
    if (mostFrequentBin === 0) continue;
    const begin = offsets[feature] as number;
    const own = begin + 2 * mostFrequentBin;
    const end = begin + 2 * binCount;
    // Read from an object, not passed as a number: V8 would box the difference at every bin.
    let rest = leaf.sum;
    for (let at = begin; at < own; at += 2) rest -= histogram[at] as number;
    for (let at = own + 2; at < end; at += 2) rest -= histogram[at] as number;
    histogram[own] = rest;
  }
};

/**
 * Turns a parent's histogram into that of its larger child by taking the smaller child's away: the
 * first `length` numbers of both.
 */
export const subtractHistogram = (parent: Histogram, smaller: Histogram, length: number): void => {
  let at = 0;
  // Two bins at a time: each turn of a loop costs as much as one subtraction.
  for (; at + 3 < length; at += 4) {
    parent[at] = (parent[at] as number) - (smaller[at] as number);
    parent[at + 1] = (parent[at + 1] as number) - (smaller[at + 1] as number);
    parent[at + 2] = (parent[at + 2] as number) - (smaller[at + 2] as number);
    parent[at + 3] = (parent[at + 3] as number) - (smaller[at + 3] as number);
  }
  for (; at < length; at += 1) parent[at] = (parent[at] as number) - (smaller[at] as number);
};
