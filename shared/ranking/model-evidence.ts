import { sha256 } from '../codec/hash.js';
import { FEATURES } from './features/names.js';
import type { RidgeModel } from './models/ridge.js';
import { dayAt } from './panel.js';
import { TRAINING, TREE_PARAMETERS } from './parameters.js';
import type { PreparedBuild } from './prepare-build.js';
import type { ModelEvidence, RankedSymbol } from './ranking.js';

/** The evidence's names for the ridge solver, and for a fit that had too few rows. */
export const RIDGE_BACKEND = 'ridge_cholesky';
export const NO_FIT = 'insufficient_data';

const predictionHash = (rows: readonly RankedSymbol[]): string => {
  const bySymbol = [...rows].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const scores = [
    ...bySymbol.map(({ linear }) => linear.raw),
    ...bySymbol.map(({ tree }) => tree.raw),
  ];
  const view = new DataView(new ArrayBuffer(scores.length * Float64Array.BYTES_PER_ELEMENT));
  scores.forEach((score, i) => {
    view.setFloat64(i * Float64Array.BYTES_PER_ELEMENT, score ?? Number.NaN, true);
  });
  return sha256(new Uint8Array(view.buffer));
};

/** The training input of a build's models, and the fit of the ridge. */
export const modelEvidence = (
  { data, panel, window, target, trainingRowCount, scoringRows }: PreparedBuild,
  ridge: RidgeModel | undefined,
  treeBackend: string | undefined,
  rows: readonly RankedSymbol[],
): ModelEvidence => ({
  target,
  features: FEATURES,
  window: {
    first: dayAt(panel.calendar, window.first),
    last: dayAt(panel.calendar, window.last),
  },
  trainingRows: trainingRowCount,
  scoringRows: scoringRows.length,
  linear: data ? RIDGE_BACKEND : NO_FIT,
  tree: data ? (treeBackend ?? 'none') : NO_FIT,
  ridgeAlpha: TRAINING.ridgeAlpha,
  treeParameters: TREE_PARAMETERS,
  predictionSha256: predictionHash(rows),
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
