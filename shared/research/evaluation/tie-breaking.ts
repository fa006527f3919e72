import { column } from '../../ranking/column-table.js';
import { ascending } from '../../ranking/statistics/percentile-rank.js';
import type { Strategy, TrackScores } from '../tracks/track-scores.js';

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
