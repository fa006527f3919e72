import { column } from '../../../shared/ranking/column-table.js';
import type { Ordering } from '../../../shared/research/evaluation/tie-breaking.js';
import { floatAt, intAt } from '../../../shared/typed-arrays.js';
import { introsort } from './introsort.js';

/**
 * The order in which the reference finds equal scores (METHOD §12.6): the values reversed, sorted
 * by NumPy's unstable sort, and the result reversed. For comparing with its numbers.
 */
export const referenceOrder: Ordering = {
  key: column,
  descending: (values) => {
    const known = Int32Array.from(values.keys())
      .filter((position) => !Number.isNaN(values[position]))
      .reverse();
    return introsort(Float64Array.from(known, (position) => floatAt(values, position)))
      .map((place) => intAt(known, place))
      .reverse();
  },
};
