import { byteAt, floatAt } from '../../typed-arrays.js';
import { sampleSpan } from '../sample.js';
import type { WindowScores } from './score-window.js';

/** The raw scores of every sample row, averaged over the windows that scored it. */
export interface WalkForwardScores {
  /** NaN where no window could fit a model. */
  readonly linear: Float64Array;
  readonly tree: Float64Array;
  /** How many windows scored the row, those without a model included. */
  readonly windowCount: Uint8Array;
}

/**
 * Averages overlapping windows, skipping NaN (METHOD §11.1). The windows may come in any order:
 * they are added in the order of time, so that the result is the same to the last bit.
 */
export const combineWindows = (
  offsets: Int32Array,
  windows: readonly WindowScores[],
): WalkForwardScores => {
  const ordered = [...windows].sort((a, b) => a.window.id - b.window.id);
  const windowCount = new Uint8Array(offsets.at(-1) ?? 0);
  for (const { window } of ordered) {
    const { first, end } = sampleSpan(offsets, window.test);
    for (let row: number = first; row < end; row += 1)
      windowCount[row] = byteAt(windowCount, row) + 1;
  }
  return {
    linear: average(offsets, ordered, (scores) => scores.linear),
    tree: average(offsets, ordered, (scores) => scores.tree),
    windowCount,
  };
};

const average = (
  offsets: Int32Array,
  windows: readonly WindowScores[],
  pick: (scores: WindowScores) => Float64Array,
): Float64Array => {
  const mean = new Float64Array(offsets.at(-1) ?? 0);
  const count = new Uint8Array(mean.length);
  for (const scores of windows) {
    const { first } = sampleSpan(offsets, scores.window.test);
    const values = pick(scores);
    for (let i = 0; i < values.length; i += 1) {
      if (Number.isNaN(values[i])) continue;
      mean[first + i] = floatAt(mean, first + i) + floatAt(values, i);
      count[first + i] = byteAt(count, first + i) + 1;
    }
  }
  // For a row without scores, 0/0 gives NaN, the missing value.
  for (let row = 0; row < mean.length; row += 1) {
    mean[row] = floatAt(mean, row) / byteAt(count, row);
  }
  return mean;
};
