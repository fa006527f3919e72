import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createDataset } from '../../../../shared/ranking/boosting/dataset.js';
import { createSubsetSampler } from '../../../../shared/ranking/boosting/lightgbm-random.js';
import type {
  BoostingModel,
  BoostingParameters,
  Tree,
} from '../../../../shared/ranking/boosting/model.js';
import { predictBoosting } from '../../../../shared/ranking/boosting/predict.js';
import { trainBoosting } from '../../../../shared/ranking/boosting/train.js';
import {
  BOOSTING_FIXTURES,
  type BoostingFixtureName,
  boostingFixture,
  FURTHER_BOOSTING_FIXTURES,
  type ReferenceTree,
} from '../../../support/boosting-fixtures.js';

const METHOD: Omit<BoostingParameters, 'trees'> = {
  learningRate: 0.05,
  leaves: 31,
  minRowsInLeaf: 30,
  featureFraction: 0.75,
  seed: 42,
  maxBins: 255,
};

const sha256 = (values: Float64Array): string =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

const asReference = (tree: Tree | undefined, withDefaults: boolean): ReferenceTree | undefined =>
  tree && {
    split_feature: [...tree.splitFeature],
    threshold: [...tree.threshold],
    ...(withDefaults && { default_left: [...tree.missingLeft] }),
    left: [...tree.left],
    right: [...tree.right],
    leaf_value: [...tree.leafValue],
  };

const withoutLeafCounts = ({ leaf_count: _, ...tree }: ReferenceTree & { leaf_count?: unknown }) =>
  tree;

/** The rungs that need a trained model: the first one that breaks says where to look. */
const itPredictsLikeTheLibrary = (name: BoostingFixtureName): void => {
  const { training, target, heldOut, heldOutPredictions, expected } = boostingFixture(name);
  let model: BoostingModel;
  before(() => {
    model = trainBoosting(training, target, { ...METHOD, trees: expected.n_estimators });
  });

  it('grows the same first tree', () => {
    const [reference] = expected.trees;
    const first = model.trees[0];
    if (reference) {
      const ours = asReference(first, reference.default_left !== undefined);
      assert.deepStrictEqual(ours, withoutLeafCounts(reference));
    } else {
      // The library writes no structure for a tree without splits.
      assert.deepStrictEqual(first?.splitFeature, []);
    }
  });

  it('grows the same trees, bit for bit', () => {
    assert.equal(model.trees.length, expected.trees.length);
    expected.trees.forEach((reference, i) => {
      if (reference === null) return;
      const ours = asReference(model.trees[i], reference.default_left !== undefined);
      assert.deepStrictEqual(ours, withoutLeafCounts(reference), `tree ${i}`);
    });
  });

  it('predicts held-out rows with difference 0', () => {
    assert.deepStrictEqual(predictBoosting(model, heldOut), heldOutPredictions);
  });

  it('predicts the training rows with difference 0', () => {
    assert.equal(sha256(predictBoosting(model, training)), expected.pred_train_sha256);
  });

  it('predicts the same after a round trip through JSON', () => {
    const copy: BoostingModel = JSON.parse(JSON.stringify(model));
    assert.deepStrictEqual(predictBoosting(copy, heldOut), heldOutPredictions);
  });
};

for (const name of BOOSTING_FIXTURES) {
  describe(`Boosting on the fixture ${name}`, () => {
    const { training, expected } = boostingFixture(name);

    it('finds the same bins', () => {
      const { features } = createDataset(training, METHOD);
      const ours = Array.from({ length: training.columns }, (_, column) => {
        const mapping = features.find((feature) => feature.column === column)?.mapping;
        return (
          mapping && {
            upper: Array.from(mapping.upperBounds, (bound) =>
              bound === Number.POSITIVE_INFINITY ? null : bound,
            ),
            num_bin: mapping.binCount,
            default_bin: mapping.zeroBin,
            most_freq_bin: mapping.mostFrequentBin,
            has_nan_bin: mapping.hasMissingBin,
          }
        );
      });
      const reference = expected.bins?.map((bins) => bins ?? undefined);
      assert.deepStrictEqual(ours, reference);
    });

    it('draws the same features in every round', () => {
      const columns = expected.valid_features ?? [];
      const draw = createSubsetSampler(METHOD.seed, columns.length, METHOD.featureFraction);
      const ours = Array.from({ length: expected.n_estimators }, () =>
        Array.from(draw(), (feature) => columns[feature]),
      );
      assert.deepStrictEqual(ours, expected.feature_subset_per_boosting_round);
    });

    itPredictsLikeTheLibrary(name);
  });
}

for (const name of FURTHER_BOOSTING_FIXTURES) {
  describe(`Boosting on the fixture ${name}`, () => itPredictsLikeTheLibrary(name));
}

describe('Bundling on the fixture efb_conflict', () => {
  it('loses the smaller column in the one row in which both have a value', () => {
    const { training } = boostingFixture('efb_conflict');
    const { rows, values } = training;
    const { bins, features } = createDataset(training, METHOD);
    assert.equal(features.length, training.columns);
    const lost: number[][] = [];
    for (const column of [1, 2]) {
      for (let row = 0; row < rows; row += 1) {
        const at = column * rows + row;
        if ((values[at] !== 0) !== (bins[at] !== 0)) lost.push([column, row]);
      }
    }
    assert.equal(lost.length, 1);
    const [column = -1, row = -1] = lost[0] ?? [];
    assert.equal(column, 1);
    assert.equal(bins[2 * rows + row], 1);
  });
});
