import { predictBoosting } from './boosting/predict.js';
import { type OnTreesTrained, trainBoosting } from './boosting/train.js';
import type { TreeModel } from './live-build.js';
import { TREE_PARAMETERS } from './parameters.js';

/** The method's tree model, with a progress callback. */
export const treeModelWithProgress = (onTreesTrained: OnTreesTrained): TreeModel => ({
  backend: 'lightgbm_4.6.0_bit_exact',
  fit: ({ features, target }) => {
    const model = trainBoosting(features, target, TREE_PARAMETERS, onTreesTrained);
    return (scoring) => predictBoosting(model, scoring);
  },
});

/**
 * The method's tree model: equal to LightGBM to the last bit, without the library (METHOD §9.3).
 */
export const treeModel: TreeModel = treeModelWithProgress(() => undefined);
