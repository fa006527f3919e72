import { FEATURES } from './features/names.js';
import type { PreparedBuild } from './prepare-build.js';
import type { ModelEvidence } from './ranking.js';
import type { RidgeModel } from './ridge.js';

const NO_FIT = 'insufficient_data';

/** What the models of a build learned from and, for the ridge, learned. */
export const modelEvidence = (
  { data, panel, window, target, trainingRowCount, scoringRows }: PreparedBuild,
  ridge: RidgeModel | undefined,
  treeBackend = 'none',
): ModelEvidence => ({
  target,
  features: FEATURES,
  window: {
    first: panel.calendar[window.first] as number,
    last: panel.calendar[window.last] as number,
  },
  trainingRows: trainingRowCount,
  scoringRows: scoringRows.length,
  linear: data ? 'ridge_cholesky' : NO_FIT,
  tree: data ? treeBackend : NO_FIT,
  fit:
    data && ridge
      ? {
          medians: [...data.medians],
          missing: [...data.missing],
          mean: [...ridge.mean],
          scale: [...ridge.scale],
          coefficients: [...ridge.coefficients],
          intercept: ridge.intercept,
        }
      : null,
});
