import { column } from '../../ranking/column-table.js';
import type { LABELS } from '../../ranking/parameters.js';
import { floatAt } from '../../typed-arrays.js';
import type { CalendarPosition } from '../../units.js';
import type { ResearchMarket } from '../prepare-research.js';
import { sampleSpan } from '../sample.js';

export type Horizon = (typeof LABELS.horizons)[number];

/** The universe rows of a date that have both a score and a future, symbols ascending. */
export interface FutureReturns {
  /** Sample rows. */
  readonly rows: Int32Array;
  readonly keys: Float64Array;
  /** Each symbol's return over the horizon. */
  readonly returns: Float64Array;
}

export const futureReturnsOn = (
  market: ResearchMarket,
  key: Float64Array,
  horizon: Horizon,
  date: CalendarPosition,
): FutureReturns => {
  const all = column(market.columns, `future_return_${horizon}`);
  const { first, end } = sampleSpan(market.sample.offsets, { first: date, last: date });
  const rows: number[] = [];
  for (let row: number = first; row < end; row += 1) {
    if (!Number.isNaN(key[row]) && !Number.isNaN(all[row])) rows.push(row);
  }
  return {
    rows: Int32Array.from(rows),
    keys: Float64Array.from(rows, (row) => floatAt(key, row)),
    returns: Float64Array.from(rows, (row) => floatAt(all, row)),
  };
};
