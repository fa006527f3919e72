import { type DateRange, dateRange } from '../../ranking/cross-section.js';
import { TRAINING } from '../../ranking/parameters.js';

export const WALK_FORWARD = {
  trainDays: TRAINING.windowDays,
  testDays: 120,
  stepDays: 60,
  purgeDays: TRAINING.purgeDays,
} as const;

/** One fit of the walk-forward: learn from `effectiveTrain`, score `test`. Dates are positions. */
export interface Window {
  /** 0, 1, 2, … in the order of time. */
  readonly id: number;
  readonly train: DateRange;
  /** Without the purged end, whose labels would reach into the test range. */
  readonly effectiveTrain: DateRange;
  readonly test: DateRange;
}

/**
 * The windows over a calendar of `dates` dates (METHOD §11.1); none if it is not longer than one
 * training range. Test ranges overlap, and the last one ends with the calendar.
 */
export const planWindows = (dates: number): readonly Window[] => {
  const { trainDays, testDays, stepDays, purgeDays } = WALK_FORWARD;
  const windows: Window[] = [];
  for (let cursor = trainDays; cursor < dates; cursor += stepDays) {
    const first = cursor - trainDays;
    const test = dateRange(cursor, Math.min(dates - 1, cursor + testDays - 1));
    windows.push({
      id: windows.length,
      train: dateRange(first, cursor - 1),
      effectiveTrain: dateRange(first, Math.max(first, cursor - 1 - purgeDays)),
      test,
    });
    if (test.last === dates - 1) break;
  }
  return windows;
};
