import type { Dataset, DatasetFeature } from './dataset.js';
import type { Histogram, Layout } from './histogram.js';

// Both kernels process four features in one pass over the rows: row and gradient are read once for
// four features, and four independent additions hide each other's latency.
const STRIDE = 4;

const addFour = (
  histogram: Histogram,
  { bins, rows }: Dataset,
  features: Int32Array,
  { offsets }: Layout,
  from: number,
  rowOrder: Int32Array,
  begin: number,
  end: number,
  gradients: Float64Array,
): void => {
  const featureA = features[from] as number;
  const featureB = features[from + 1] as number;
  const featureC = features[from + 2] as number;
  const featureD = features[from + 3] as number;
  const columnA = featureA * rows;
  const columnB = featureB * rows;
  const columnC = featureC * rows;
  const columnD = featureD * rows;
  const offsetA = offsets[featureA] as number;
  const offsetB = offsets[featureB] as number;
  const offsetC = offsets[featureC] as number;
  const offsetD = offsets[featureD] as number;
  for (let i = begin; i < end; i += 1) {
    const row = rowOrder[i] as number;
    const gradient = gradients[i] as number;
    const a = offsetA + 2 * (bins[columnA + row] as number);
    const b = offsetB + 2 * (bins[columnB + row] as number);
    const c = offsetC + 2 * (bins[columnC + row] as number);
    const d = offsetD + 2 * (bins[columnD + row] as number);
    histogram[a] = (histogram[a] as number) + gradient;
    histogram[a + 1] = (histogram[a + 1] as number) + 1;
    histogram[b] = (histogram[b] as number) + gradient;
    histogram[b + 1] = (histogram[b + 1] as number) + 1;
    histogram[c] = (histogram[c] as number) + gradient;
    histogram[c + 1] = (histogram[c + 1] as number) + 1;
    histogram[d] = (histogram[d] as number) + gradient;
    histogram[d + 1] = (histogram[d + 1] as number) + 1;
  }
};

/**
 * Adds the rows at positions `begin` to `end` (excluded) of `rowOrder` to the bins of `features`.
 * `gradients` is aligned with `rowOrder`: entry `i` belongs to row `rowOrder[i]`.
 */
export const addRows = (
  histogram: Histogram,
  dataset: Dataset,
  features: Int32Array,
  layout: Layout,
  rowOrder: Int32Array,
  begin: number,
  end: number,
  gradients: Float64Array,
): void => {
  const { bins, rows } = dataset;
  const remainder = features.length - (features.length % STRIDE);
  for (let from = 0; from < remainder; from += STRIDE) {
    addFour(histogram, dataset, features, layout, from, rowOrder, begin, end, gradients);
  }
  for (const feature of features.subarray(remainder)) {
    const column = feature * rows;
    const offset = layout.offsets[feature] as number;
    for (let i = begin; i < end; i += 1) {
      const at = offset + 2 * (bins[column + (rowOrder[i] as number)] as number);
      histogram[at] = (histogram[at] as number) + (gradients[i] as number);
      histogram[at + 1] = (histogram[at + 1] as number) + 1;
    }
  }
};

const addGradientsOfFour = (
  histogram: Histogram,
  { bins, rows }: Dataset,
  { features, offsets }: Layout,
  from: number,
  gradients: Float64Array,
): void => {
  const featureA = features[from] as number;
  const featureB = features[from + 1] as number;
  const featureC = features[from + 2] as number;
  const featureD = features[from + 3] as number;
  const columnA = featureA * rows;
  const columnB = featureB * rows;
  const columnC = featureC * rows;
  const columnD = featureD * rows;
  const offsetA = offsets[featureA] as number;
  const offsetB = offsets[featureB] as number;
  const offsetC = offsets[featureC] as number;
  const offsetD = offsets[featureD] as number;
  for (let row = 0; row < rows; row += 1) {
    const gradient = gradients[row] as number;
    const a = offsetA + 2 * (bins[columnA + row] as number);
    const b = offsetB + 2 * (bins[columnB + row] as number);
    const c = offsetC + 2 * (bins[columnC + row] as number);
    const d = offsetD + 2 * (bins[columnD + row] as number);
    histogram[a] = (histogram[a] as number) + gradient;
    histogram[b] = (histogram[b] as number) + gradient;
    histogram[c] = (histogram[c] as number) + gradient;
    histogram[d] = (histogram[d] as number) + gradient;
  }
};

/**
 * The histogram of all rows, at the root of a tree; `gradients` is by row. Only gradients are
 * added: how many rows a bin has is the same for every tree, and more than half of all additions
 * happen here.
 */
export const fillRoot = (
  histogram: Histogram,
  dataset: Dataset,
  layout: Layout,
  gradients: Float64Array,
): void => {
  const { bins, rows, rowsPerBin } = dataset;
  const { features, offsets } = layout;
  for (const feature of features) {
    const { firstBin, mapping } = dataset.features[feature] as DatasetFeature;
    const offset = offsets[feature] as number;
    for (let bin = 0; bin < mapping.binCount; bin += 1) {
      histogram[offset + 2 * bin] = 0;
      histogram[offset + 2 * bin + 1] = rowsPerBin[firstBin + bin] as number;
    }
  }
  const remainder = features.length - (features.length % STRIDE);
  for (let from = 0; from < remainder; from += STRIDE) {
    addGradientsOfFour(histogram, dataset, layout, from, gradients);
  }
  for (const feature of features.subarray(remainder)) {
    const column = feature * rows;
    const offset = offsets[feature] as number;
    for (let row = 0; row < rows; row += 1) {
      const at = offset + 2 * (bins[column + row] as number);
      histogram[at] = (histogram[at] as number) + (gradients[row] as number);
    }
  }
};
