import type { Dataset, Feature } from './dataset.js';

/**
 * For every bin the sum of its rows' gradients and the number of its rows, side by side: bin `b` of
 * a feature is at `offset + 2 * b` (sum) and `offset + 2 * b + 1` (rows). With this objective each
 * row's hessian is 1, so the rows are the sum of the hessians, too.
 */
export type Histogram = Float64Array;

/** Where the features that a tree may use have their bins in its histograms. */
export interface Layout {
  /** Ascending indices into the dataset's features. */
  readonly features: Int32Array;
  /** By feature; only the features above have one. */
  readonly offsets: Int32Array;
  readonly length: number;
}

export const layoutOf = (dataset: Dataset, features: Int32Array): Layout => {
  const offsets = new Int32Array(dataset.features.length);
  let length = 0;
  for (const feature of features) {
    offsets[feature] = length;
    length += 2 * (dataset.features[feature] as Feature).mapping.binCount;
  }
  return { features, offsets, length };
};

/**
 * Sets the sum of each feature's most frequent bin to what the other bins leave of the leaf's `sum`.
 * That is its sum already, but for the rounding, which the reference has in this order
 * (LIGHTGBM.md §5): without it the last bit of a leaf can differ where one bin has nearly all rows.
 */
export const restoreMostFrequent = (
  histogram: Histogram,
  dataset: Dataset,
  { features, offsets }: Layout,
  sum: number,
): void => {
  for (const feature of features) {
    const { binCount, mostFrequentBin } = (dataset.features[feature] as Feature).mapping;
    if (mostFrequentBin === 0) continue;
    const begin = offsets[feature] as number;
    const own = begin + 2 * mostFrequentBin;
    const end = begin + 2 * binCount;
    let rest = sum;
    for (let at = begin; at < own; at += 2) rest -= histogram[at] as number;
    for (let at = own + 2; at < end; at += 2) rest -= histogram[at] as number;
    histogram[own] = rest;
  }
};

/**
 * Turns a parent's histogram into that of its larger child by taking the smaller child's away, and
 * restores the most frequent bins of the smaller one (see above) on the way: one pass, because the
 * memory costs more than the arithmetic. `sum` is the smaller child's.
 */
export const subtractSmaller = (
  parent: Histogram,
  smaller: Histogram,
  dataset: Dataset,
  features: Int32Array,
  { offsets }: Layout,
  sum: number,
): void => {
  for (const feature of features) {
    const { binCount, mostFrequentBin } = (dataset.features[feature] as Feature).mapping;
    const begin = offsets[feature] as number;
    const own = begin + 2 * mostFrequentBin;
    const end = begin + 2 * binCount;
    let rest = sum;
    for (let at = begin; at < end; at += 2) {
      if (at === own) continue;
      const binSum = smaller[at] as number;
      rest -= binSum;
      parent[at] = (parent[at] as number) - binSum;
      parent[at + 1] = (parent[at + 1] as number) - (smaller[at + 1] as number);
    }
    if (mostFrequentBin > 0) smaller[own] = rest;
    parent[own] = (parent[own] as number) - (smaller[own] as number);
    parent[own + 1] = (parent[own + 1] as number) - (smaller[own + 1] as number);
  }
};
