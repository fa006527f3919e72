import { column } from '../../ranking/column-table.js';
import { ascending } from '../../ranking/statistics/percentile-rank.js';
import { floatAt, intAt } from '../../typed-arrays.js';
import type { Strategy, TrackScores } from '../tracks/track-scores.js';
import { introsort } from './introsort.js';

/** The order in which research selects the best few symbols of a date by one number. */
export interface Ordering {
  /** Per sample row, the number that a strategy ranks by; larger is better, NaN is excluded. */
  readonly key: (scores: TrackScores, strategy: Strategy) => Float64Array;
  /** Positions of the values that are not NaN, the largest first. */
  readonly descending: (values: Float64Array) => Int32Array;
}

const negated = (values: Float64Array): Float64Array => values.map((value) => -value);

/**
 * The documented order: the final score by the ranking's total order (METHOD §10), so that research
 * measures the pool that is released; every other number descending, equal ones by symbol.
 */
export const totalOrder: Ordering = {
  key: (scores, strategy) =>
    strategy === 'final_score' ? negated(column(scores, 'current_rank')) : column(scores, strategy),
  descending: (values) => ascending(negated(values)),
};

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
