import { byteAt, floatAt, intAt } from '../../typed-arrays.js';
import { type BinMapping, binOf, findBins } from './binning.js';
import { bundleFeatures } from './bundling.js';
import { deriveSeeds, lightgbmRandom, sampleIndices } from './lightgbm-random.js';
import { columnOf, type Matrix } from './matrix.js';
import type { BoostingParameters } from './model.js';
import { sparsityOf } from './sparsity.js';

/** A column that some threshold can split; training ignores the others. */
export interface DatasetFeature {
  /** Its column in the matrix. */
  readonly column: number;
  readonly mapping: BinMapping;
  /** Where its bins begin in `rowsPerBin`. */
  readonly firstBin: number;
}

/** The binned training matrix. */
export interface Dataset {
  readonly rows: number;
  /** By ascending column. */
  readonly features: readonly DatasetFeature[];
  /** `features x rows`: the bin of `row` in feature `f` is `bins[f * rows + row]`. */
  readonly bins: Uint8Array;
  /** Rows in each bin, feature after feature: all trees begin with the same counts. */
  readonly rowsPerBin: Int32Array;
}

const MAX_SAMPLED_ROWS = 200_000;

const sampledValues = (column: Float64Array, sample: Int32Array | undefined): Float64Array =>
  sample === undefined ? column : Float64Array.from(sample, (row) => floatAt(column, row));

/** If members of a bundle collide in a row, all but the last get their most frequent bin. */
const loseCollisions = (dataset: Dataset, bundle: readonly number[]): void => {
  const { rows, features, bins } = dataset;
  const taken = new Uint8Array(rows);
  for (const feature of [...bundle].sort((a, b) => b - a)) {
    const column = bins.subarray(feature * rows, (feature + 1) * rows);
    const { mostFrequentBin } = (features[feature] as DatasetFeature).mapping;
    for (let row = 0; row < rows; row += 1) {
      if (column[row] === mostFrequentBin) continue;
      if (taken[row] === 1) column[row] = mostFrequentBin;
      else taken[row] = 1;
    }
  }
};

/**
 * Bins the matrix: finds each column's bins, drops the trivial columns, and stores one byte per
 * value, less what bundling loses (LIGHTGBM.md §§1-2). Above 200,000 rows the bins come from a
 * sample.
 */
export const createDataset = (
  matrix: Matrix,
  parameters: Pick<BoostingParameters, 'maxBins' | 'minRowsInLeaf' | 'seed'>,
): Dataset => {
  const { rows, columns } = matrix;
  const sample =
    rows > MAX_SAMPLED_ROWS
      ? sampleIndices(lightgbmRandom(deriveSeeds(parameters.seed).data), rows, MAX_SAMPLED_ROWS)
      : undefined;
  const sampledRows = sample?.length ?? rows;
  const minRowsOnSide = Math.trunc((parameters.minRowsInLeaf * sampledRows) / rows);

  const features: DatasetFeature[] = [];
  let totalBins = 0;
  for (let column = 0; column < columns; column += 1) {
    const values = sampledValues(columnOf(matrix, column), sample);
    const mapping = findBins(values, parameters.maxBins, minRowsOnSide);
    if (mapping === undefined) continue;
    features.push({ column, mapping, firstBin: totalBins });
    totalBins += mapping.binCount;
  }

  const bins = new Uint8Array(features.length * rows);
  features.forEach(({ column, mapping }, feature) => {
    const values = columnOf(matrix, column);
    for (let row = 0; row < rows; row += 1) {
      bins[feature * rows + row] = binOf(mapping, floatAt(values, row));
    }
  });
  const dataset = { rows, features, bins, rowsPerBin: new Int32Array(totalBins) };

  const sparsity = features.map(({ column, mapping }) =>
    sparsityOf(sampledValues(columnOf(matrix, column), sample), mapping),
  );
  for (const bundle of bundleFeatures(sparsity, sampledRows, rows)) {
    if (bundle.length > 1) loseCollisions(dataset, bundle);
  }
  features.forEach(({ firstBin }, feature) => {
    for (let row = 0; row < rows; row += 1) {
      const bin = firstBin + byteAt(bins, feature * rows + row);
      dataset.rowsPerBin[bin] = intAt(dataset.rowsPerBin, bin) + 1;
    }
  });
  return dataset;
};
