import type { EpochDay } from '../../day.js';
import { floatAt, intAt } from '../../typed-arrays.js';
import { epochDay } from '../../units.js';
import { type BarSeries, emptySeries } from '../bars.js';

const FIELDS = [
  { field: 'open', column: 'open' },
  { field: 'high', column: 'high' },
  { field: 'low', column: 'low' },
  { field: 'close', column: 'close' },
  { field: 'volume', column: 'volume' },
  { field: 'quote_volume', column: 'quoteVolume' },
] as const;

interface FieldChange {
  readonly field: string;
  readonly old: number;
  readonly new: number;
}

/** A bar that was fetched again with other values: one change for each field that differs. */
export interface BarChange {
  readonly day: EpochDay;
  readonly changes: readonly FieldChange[];
}

export interface MergedBars {
  /** The bars of both; if both have a day, the newer bar. */
  readonly series: BarSeries;
  /** Days that were not stored before. */
  readonly added: number;
  /** Ascending by day. */
  readonly changed: readonly BarChange[];
}

const copyBar = (from: BarSeries, at: number, to: BarSeries, row: number): void => {
  to.day[row] = intAt(from.day, at);
  for (const { column } of FIELDS) to[column][row] = floatAt(from[column], at);
};

const changesOf = (
  kept: BarSeries,
  i: number,
  newer: BarSeries,
  j: number,
): readonly FieldChange[] => {
  const changes: FieldChange[] = [];
  for (const { field, column } of FIELDS) {
    const before = floatAt(kept[column], i);
    const after = floatAt(newer[column], j);
    if (before !== after) changes.push({ field, old: before, new: after });
  }
  return changes;
};

/** The number of distinct days in two ascending columns. */
const countDays = (a: Int32Array, b: Int32Array): number => {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = intAt(a, i) - intAt(b, j);
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return a.length + b.length - shared;
};

/** Merges newer bars into stored ones of the same symbol. Both satisfy `invalidBars`. */
export const mergeBars = (kept: BarSeries, newer: BarSeries): MergedBars => {
  const rows = countDays(kept.day, newer.day);
  const series = emptySeries(kept.symbol, rows);
  const changed: BarChange[] = [];
  let i = 0;
  let j = 0;
  for (let row = 0; row < rows; row += 1) {
    const old = kept.day[i] ?? Number.POSITIVE_INFINITY;
    const day = newer.day[j] ?? Number.POSITIVE_INFINITY;
    if (old < day) {
      copyBar(kept, i, series, row);
      i += 1;
      continue;
    }
    copyBar(newer, j, series, row);
    if (old === day) {
      const changes = changesOf(kept, i, newer, j);
      if (changes.length > 0) changed.push({ day: epochDay(day), changes });
      i += 1;
    }
    j += 1;
  }
  return { series, added: rows - kept.day.length, changed };
};
