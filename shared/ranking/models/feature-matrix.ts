import { intAt } from '../../typed-arrays.js';
import type { Matrix } from '../boosting/matrix.js';
import { column } from '../column-table.js';
import { gather } from '../cross-section.js';
import type { FeatureSet } from '../features/feature-set.js';
import { FEATURES, isDateFeature } from '../features/names.js';

/** The 44 features of the given panel rows, missing values NaN. */
export const featureMatrix = (
  features: FeatureSet,
  dateOfRow: Int32Array,
  rows: Int32Array,
): Matrix => {
  const dates = rows.map((row) => intAt(dateOfRow, row));
  const values = new Float64Array(FEATURES.length * rows.length);
  FEATURES.forEach((name, c) => {
    const source = isDateFeature(name)
      ? gather(column(features.byDate, name), dates)
      : gather(column(features.byRow, name), rows);
    values.set(source, c * rows.length);
  });
  return { rows: rows.length, columns: FEATURES.length, values };
};
