import { floatAt } from '../../typed-arrays.js';
import { columnOf, type Matrix } from '../boosting/matrix.js';
import { TRAINING } from '../parameters.js';
import { solvePositiveDefinite } from './cholesky.js';
import type { TrainingSet } from './training-data.js';

/** A ridge regression on standardised features: intercept + Σ coefficient·(x − mean)/scale. */
export interface RidgeModel {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/**
 * Least squares with the penalty `alpha`·‖coefficients‖², not scaled by the number of rows, the
 * intercept free (METHOD §9.2). Solved exactly through the normal equations.
 */
export const fitRidge = (
  { features, target }: TrainingSet,
  alpha: number = TRAINING.ridgeAlpha,
): RidgeModel => {
  const { rows, columns } = features;
  const intercept = meanOf(target);
  const centred = target.map((value) => value - intercept);
  const mean = new Float64Array(columns);
  const scale = new Float64Array(columns);
  const standardised = new Float64Array(rows * columns);
  for (let c = 0; c < columns; c += 1) {
    const values = columnOf(features, c);
    const average = meanOf(values);
    const spread = scaleOf(values, average);
    mean[c] = average;
    scale[c] = spread;
    for (let r = 0; r < rows; r += 1) {
      standardised[c * rows + r] = (floatAt(values, r) - average) / spread;
    }
  }
  const z: Matrix = { rows, columns, values: standardised };
  const gram = new Float64Array(columns * columns);
  const moments = new Float64Array(columns);
  for (let i = 0; i < columns; i += 1) {
    const left = columnOf(z, i);
    moments[i] = dot(left, centred);
    for (let j = 0; j <= i; j += 1) gram[i * columns + j] = dot(left, columnOf(z, j));
    gram[i * columns + i] = floatAt(gram, i * columns + i) + alpha;
  }
  return { mean, scale, coefficients: solvePositiveDefinite(gram, moments), intercept };
};

/** The scores of the rows. */
export const predictRidge = (model: RidgeModel, features: Matrix): Float64Array => {
  const scores = new Float64Array(features.rows).fill(model.intercept);
  for (let c = 0; c < features.columns; c += 1) {
    const values = columnOf(features, c);
    const mean = floatAt(model.mean, c);
    const scale = floatAt(model.scale, c);
    const coefficient = floatAt(model.coefficients, c);
    for (let r = 0; r < scores.length; r += 1) {
      const z = (floatAt(values, r) - mean) / scale;
      scores[r] = floatAt(scores, r) + coefficient * z;
    }
  }
  return scores;
};

/**
 * Population standard deviation, or 1 where it is 0 up to rounding: a constant column stays out.
 */
const scaleOf = (values: Float64Array, mean: number): number => {
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const size = values.length;
  const variance = squares / size;
  const rounding = size * Number.EPSILON * variance + (size * mean * Number.EPSILON) ** 2;
  return variance <= rounding ? 1 : Math.sqrt(variance);
};

const meanOf = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};

/** Four partial sums: they are independent, so the processor works on all at once. */
const dot = (x: Float64Array, y: Float64Array): number => {
  const whole = x.length - (x.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += floatAt(x, i) * floatAt(y, i);
    b += floatAt(x, i + 1) * floatAt(y, i + 1);
    c += floatAt(x, i + 2) * floatAt(y, i + 2);
    d += floatAt(x, i + 3) * floatAt(y, i + 3);
  }
  for (let i = whole; i < x.length; i += 1) a += floatAt(x, i) * floatAt(y, i);
  return a + b + (c + d);
};
