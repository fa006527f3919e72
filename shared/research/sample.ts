import { columnOf, type Matrix } from '../ranking/boosting/matrix.js';
import { type Columns, column } from '../ranking/column-table.js';
import { type CrossSections, type DateRange, gather } from '../ranking/cross-section.js';
import type { FeatureSet } from '../ranking/features/feature-set.js';
import { featureMatrix } from '../ranking/models/feature-matrix.js';
import type { LabelColumn, Target } from '../ranking/models/labels.js';
import type { Panel } from '../ranking/panel.js';
import { intAt } from '../typed-arrays.js';
import { type SampleRow, sampleRow } from '../units.js';

/**
 * The input of the models of all windows: the universe rows of all dates, date by date,
 * symbols ascending, so that a range of dates is a range of rows. Plain typed arrays: it survives
 * a structured clone, and one copy serves every window and target.
 */
export interface Sample {
  /** Rows of date d: offsets[d] … offsets[d + 1] − 1. */
  readonly offsets: Int32Array;
  /** Missing values are NaN. */
  readonly features: Matrix;
  /** The target of each row, NaN if the future is unknown. */
  readonly targets: Readonly<Record<Target, Float64Array>>;
}

export const buildSample = (
  panel: Panel,
  features: FeatureSet,
  members: CrossSections,
  labels: Columns<LabelColumn>,
): Sample => ({
  offsets: members.offsets,
  features: featureMatrix(features, panel.dateOfRow, members.rows),
  targets: {
    blended_rank_pct: gather(column(labels, 'blended_rank_pct'), members.rows),
    future_topk_label_60: gather(column(labels, 'future_topk_label_60'), members.rows),
  },
});

/** The first sample row of the dates, and the one after the last. */
export const sampleSpan = (
  offsets: Int32Array,
  { first, last }: DateRange,
): { readonly first: SampleRow; readonly end: SampleRow } => ({
  first: sampleRow(intAt(offsets, first)),
  end: sampleRow(intAt(offsets, last + 1)),
});

/** The sample rows of the dates, ascending. */
export const sampleRows = (offsets: Int32Array, range: DateRange): Int32Array => {
  const { first, end } = sampleSpan(offsets, range);
  return Int32Array.from({ length: end - first }, (_, i) => first + i);
};

/** The chosen rows of a matrix, copied to a new matrix. */
export const selectRows = (matrix: Matrix, rows: Int32Array): Matrix => {
  const values = new Float64Array(matrix.columns * rows.length);
  for (let c = 0; c < matrix.columns; c += 1) {
    values.set(gather(columnOf(matrix, c), rows), c * rows.length);
  }
  return { rows: rows.length, columns: matrix.columns, values };
};
