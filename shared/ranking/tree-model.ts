import { predictBoosting } from './boosting/predict.js';
import { trainBoosting } from './boosting/train.js';
import type { TreeModel } from './live-build.js';
import { TREE_PARAMETERS } from './method.js';

/** The method's tree model: LightGBM's numbers to the last bit, in our own code (METHOD §9.3). */
export const treeModel: TreeModel = {
  backend: 'lightgbm_4.6.0_bit_exact',
  fit: ({ features, target }) => {
    const model = trainBoosting(features, target, TREE_PARAMETERS);
    return (scoring) => predictBoosting(model, scoring);
  },
};
