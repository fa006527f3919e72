import { canonicalJson, sha256 } from '../../codec/hash.js';
import type { Sha256 } from '../../codec/primitives.js';
import { gather } from '../../ranking/cross-section.js';
import { FEATURES } from '../../ranking/features/names.js';
import { RIDGE_BACKEND } from '../../ranking/model-evidence.js';
import type { Target } from '../../ranking/models/labels.js';
import { TRAINING, TREE_PARAMETERS } from '../../ranking/parameters.js';
import { intAt } from '../../typed-arrays.js';
import { type Sample, selectRows } from '../sample.js';
import { bytesOfFloats } from './float-bytes.js';
import { type WindowRows, windowRows } from './window-rows.js';
import type { Window } from './windows.js';

/** Increase this if a fit gives other numbers although no input of the key has changed. */
const METHOD_VERSION = 1;

/**
 * The hash of everything that determines the result of `scoreWindow`: a result that is stored under
 * the key is valid as long as the key stays the same. Later days do not change the key of a window
 * with a full test range, since purging removes labels that reach into them from the fit. In the
 * purged end only whether a target is known counts, because the rows are counted. `treeModelId` is
 * the model's `backend`.
 */
export const windowKey = (
  sample: Sample,
  window: Window,
  target: Target,
  treeModelId: string,
): Sha256 => {
  const rows = windowRows(sample, window, target);
  const featuresOf = (chosen: Int32Array): Sha256 =>
    sha256(bytesOfFloats(selectRows(sample.features, chosen).values));
  return sha256(
    canonicalJson({
      method: {
        version: METHOD_VERSION,
        linear: RIDGE_BACKEND,
        ridgeAlpha: TRAINING.ridgeAlpha,
        minRows: TRAINING.minRows,
        tree: treeModelId,
        treeParameters: TREE_PARAMETERS,
        features: FEATURES,
      },
      window,
      target,
      layout: layoutOf(sample, window, rows),
      training: featuresOf(rows.training.rows),
      targets: sha256(bytesOfFloats(gather(sample.targets[target], rows.training.rows))),
      scoring: featuresOf(rows.scoring),
    }),
  );
};

/** How the rows lie on the dates of the window, and of which rows the target is known. */
const layoutOf = (
  { offsets }: Sample,
  { train, test }: Window,
  { prePurge }: WindowRows,
): { readonly dates: Sha256; readonly known: Sha256 } => {
  // Counted from the window's first row: how many rows came before does not matter.
  const start = intAt(offsets, train.first);
  const hash = (rows: Int32Array): Sha256 =>
    sha256(bytesOfFloats(Float64Array.from(rows, (row) => row - start)));
  return {
    dates: hash(offsets.subarray(train.first, test.last + 2)),
    known: hash(prePurge.rows),
  };
};
