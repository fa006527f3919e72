import { floatAt } from '../../typed-arrays.js';
import { type CalendarPosition, calendarPosition } from '../../units.js';
import { columnOf, type Matrix } from '../boosting/matrix.js';
import { type CrossSections, type DateRange, gather, rowsBetween } from '../cross-section.js';
import type { FeatureSet } from '../features/feature-set.js';
import { TRAINING } from '../parameters.js';
import { median } from '../statistics/median.js';
import { featureMatrix } from './feature-matrix.js';

/** Rows × features without missing values, and the target of each row. */
export interface TrainingSet {
  readonly features: Matrix;
  readonly target: Float64Array;
}

/** Scores the rows of a matrix of features without missing values. */
type Predict = (features: Matrix) => Float64Array;

/** Fits a model to a training set. Deterministic: the same set gives the same numbers. */
export type FitModel = (training: TrainingSet) => Predict;

export interface ModelData {
  readonly training: TrainingSet;
  readonly scoring: Matrix;
  /** Per feature, the value that replaced missing ones: the median of the training rows. */
  readonly medians: Float64Array;
  /** Per feature, the number of training rows with a replaced value. */
  readonly missing: Int32Array;
}

/** The window of a live build (METHOD §9.4): it ends before any label reaches the as-of date. */
export const liveWindow = (asOf: CalendarPosition): DateRange => {
  const last = calendarPosition(Math.max(0, asOf - TRAINING.purgeDays));
  return { first: calendarPosition(Math.max(0, last - TRAINING.windowDays + 1)), last };
};

/** The universe rows of the window whose target is known, date by date, symbols ascending. */
export const trainingRows = (
  members: CrossSections,
  target: Float64Array,
  window: DateRange,
): Int32Array => rowsBetween(members, window).filter((row) => !Number.isNaN(target[row]));

/** Whether there are enough rows to fit a model (METHOD §9.1). */
export const isFittable = (training: Int32Array, scoring: Int32Array): boolean =>
  training.length >= TRAINING.minRows && scoring.length > 0;

/** The matrices of a fit, missing features filled with the medians of the training rows. */
export const modelData = (
  features: FeatureSet,
  dateOfRow: Int32Array,
  target: Float64Array,
  rows: { readonly training: Int32Array; readonly scoring: Int32Array },
): ModelData =>
  fillWithMedians(
    {
      features: featureMatrix(features, dateOfRow, rows.training),
      target: gather(target, rows.training),
    },
    featureMatrix(features, dateOfRow, rows.scoring),
  );

/** Fills the missing features of both matrices, in place. */
export const fillWithMedians = (training: TrainingSet, scoring: Matrix): ModelData => {
  const { columns } = training.features;
  const medians = new Float64Array(columns);
  const missing = new Int32Array(columns);
  for (let c = 0; c < columns; c += 1) {
    const learned = columnOf(training.features, c);
    const middle = median(learned);
    medians[c] = Number.isNaN(middle) ? 0 : middle;
    missing[c] = fillMissing(learned, floatAt(medians, c));
    fillMissing(columnOf(scoring, c), floatAt(medians, c));
  }
  return { training, scoring, medians, missing };
};

/** Returns the number of filled values. */
const fillMissing = (values: Float64Array, substitute: number): number => {
  let filled = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isNaN(values[i])) continue;
    values[i] = substitute;
    filled += 1;
  }
  return filled;
};
