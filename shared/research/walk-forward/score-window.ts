import { gather } from '../../ranking/cross-section.js';
import type { TreeModel } from '../../ranking/live-build.js';
import { NO_FIT, RIDGE_BACKEND } from '../../ranking/model-evidence.js';
import type { Target } from '../../ranking/models/labels.js';
import { fitRidge, predictRidge } from '../../ranking/models/ridge.js';
import { fillWithMedians, isFittable } from '../../ranking/models/training-data.js';
import { type Sample, selectRows } from '../sample.js';
import { windowRows } from './window-rows.js';
import type { Window } from './windows.js';

/** What the models of one window said, and what they learned from. Survives a structured clone. */
export interface WindowScores {
  readonly window: Window;
  readonly target: Target;
  /** Rows and dates with a known target, with and without the purged end. */
  readonly trainRowsPrePurge: number;
  readonly trainRows: number;
  readonly trainDatesPrePurge: number;
  readonly trainDates: number;
  readonly linearBackend: string;
  readonly treeBackend: string;
  /** Raw scores of the sample rows of the test range; NaN if there were too few rows to fit. */
  readonly linear: Float64Array;
  readonly tree: Float64Array;
}

/**
 * Fits the models of one window and scores its test range (METHOD §11.1). Pure, and independent of
 * all other windows: it can run anywhere and be kept.
 */
export const scoreWindow = (
  sample: Sample,
  window: Window,
  target: Target,
  tree: TreeModel,
): WindowScores => {
  const { prePurge, training, scoring } = windowRows(sample, window, target);
  const counts = {
    window,
    target,
    trainRowsPrePurge: prePurge.rows.length,
    trainRows: training.rows.length,
    trainDatesPrePurge: prePurge.dates,
    trainDates: training.dates,
  };
  if (!isFittable(training.rows, scoring)) {
    const missing = new Float64Array(scoring.length).fill(Number.NaN);
    const none = { linearBackend: NO_FIT, treeBackend: NO_FIT };
    return { ...counts, ...none, linear: missing, tree: missing.slice() };
  }
  const data = fillWithMedians(
    {
      features: selectRows(sample.features, training.rows),
      target: gather(sample.targets[target], training.rows),
    },
    selectRows(sample.features, scoring),
  );
  return {
    ...counts,
    linearBackend: RIDGE_BACKEND,
    treeBackend: tree.backend,
    linear: predictRidge(fitRidge(data.training), data.scoring),
    tree: tree.fit(data.training)(data.scoring),
  };
};
