import { type DateRange, datesOf } from '../../ranking/cross-section.js';
import type { Target } from '../../ranking/models/labels.js';
import { type Sample, sampleRows } from '../sample.js';
import type { Window } from './windows.js';

/** Sample rows with a known target, and on how many dates there are any. */
export interface TrainableRows {
  readonly rows: Int32Array;
  readonly dates: number;
}

/** The sample rows that the fit of one window sees. */
export interface WindowRows {
  /** Of the whole training range; only counted. */
  readonly prePurge: TrainableRows;
  readonly training: TrainableRows;
  /** Of the test range. */
  readonly scoring: Int32Array;
}

export const windowRows = (sample: Sample, window: Window, target: Target): WindowRows => ({
  prePurge: trainableRows(sample, target, window.train),
  training: trainableRows(sample, target, window.effectiveTrain),
  scoring: sampleRows(sample.offsets, window.test),
});

const trainableRows = (
  { offsets, targets }: Sample,
  target: Target,
  range: DateRange,
): TrainableRows => {
  const isKnown = (row: number): boolean => !Number.isNaN(targets[target][row]);
  let dates = 0;
  for (const date of datesOf(range)) {
    if (sampleRows(offsets, { first: date, last: date }).some(isKnown)) dates += 1;
  }
  return { rows: sampleRows(offsets, range).filter(isKnown), dates };
};
