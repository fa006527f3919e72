import assert from 'node:assert/strict';
import type { TreeModel } from '../../../../shared/ranking/live-build.js';
import { type Sample, selectRows } from '../../../../shared/research/sample.js';
import { combineWindows } from '../../../../shared/research/walk-forward/combine-windows.js';
import {
  scoreWindow,
  type WindowScores,
} from '../../../../shared/research/walk-forward/score-window.js';
import { planWindows, type Window } from '../../../../shared/research/walk-forward/windows.js';
import { randomSample } from './random-sample.js';

/** A model that is easy to foretell: mean of the target plus the row's first feature. */
const plain: TreeModel = {
  backend: 'plain',
  fit:
    ({ target }) =>
    ({ rows, values }) => {
      const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
      return values.slice(0, rows).map((value) => mean + value);
    },
};

const windowOf = (dates: number, id = 0): Window => {
  const window = planWindows(dates)[id];
  assert.ok(window);
  return window;
};

const score = (sample: Sample, window: Window): WindowScores =>
  scoreWindow(sample, window, 'blended_rank_pct', plain);

describe('scoreWindow', () => {
  const dates = 900;
  const sample = randomSample(dates);
  const window = windowOf(dates);

  it('counts rows and dates with a known target, with and without the purged end', () => {
    const { linear, tree, window: own, ...counts } = score(sample, window);
    assert.deepEqual(counts, {
      target: 'blended_rank_pct',
      trainRowsPrePurge: 1440,
      trainRows: 1260,
      trainDatesPrePurge: 720,
      trainDates: 630,
      linearBackend: 'ridge_cholesky',
      treeBackend: 'plain',
    });
    assert.equal(own, window);
    assert.equal(linear.length, 240);
    assert.equal(tree.length, 240);
  });

  it('gives scores that do not depend on targets after the effective training range', () => {
    const before = score(sample, window);
    const targets = sample.targets.blended_rank_pct.map((value, row) => (row < 1260 ? value : 9));
    const values = sample.features.values.map((value, i) =>
      i % sample.features.rows >= 1440 + 240 ? -value : value,
    );
    const after = score(
      {
        ...sample,
        features: { ...sample.features, values },
        targets: { ...sample.targets, blended_rank_pct: targets },
      },
      window,
    );
    assert.deepEqual(after.linear, before.linear);
    assert.deepEqual(after.tree, before.tree);
  });

  it('changes its scores with the last row that it learns from', () => {
    const targets = sample.targets.blended_rank_pct.slice();
    targets[1259] = 9;
    const changed = { ...sample.targets, blended_rank_pct: targets };
    const before = score(sample, window);
    const after = score({ ...sample, targets: changed }, window);
    assert.notDeepEqual(after.linear, before.linear);
    assert.notDeepEqual(after.tree, before.tree);
  });

  it('fills missing features with the medians of the training rows, and not in the sample', () => {
    const values = sample.features.values.slice();
    values[0] = Number.NaN;
    values[1440] = Number.NaN;
    const holed = { ...sample, features: { ...sample.features, values } };
    const learned = selectRows(
      holed.features,
      Int32Array.from({ length: 1260 }, (_, row) => row),
    );
    const sorted = learned.values.slice(1, 1260).sort();
    const { tree } = score(holed, window);
    const mean = sample.targets.blended_rank_pct.slice(0, 1260).reduce((a, b) => a + b, 0) / 1260;
    assert.equal(tree[0], mean + (sorted[629] ?? Number.NaN));
    assert.ok(Number.isNaN(values[1440]));
  });

  it('fits nothing on fewer than 300 rows', () => {
    const targets = sample.targets.blended_rank_pct.map((value, row) =>
      row < 1260 - 299 ? Number.NaN : value,
    );
    const few = { ...sample, targets: { ...sample.targets, blended_rank_pct: targets } };
    const scores = score(few, window);
    assert.equal(scores.trainRows, 299);
    assert.equal(scores.trainDates, 150);
    assert.equal(scores.linearBackend, 'insufficient_data');
    assert.equal(scores.treeBackend, 'insufficient_data');
    assert.equal(scores.linear.length, 240);
    assert.ok([...scores.linear, ...scores.tree].every(Number.isNaN));
  });
});

describe('combineWindows', () => {
  const dates = 921;
  const offsets = Int32Array.from({ length: dates + 1 }, (_, date) => date);
  const scored = (id: number, value: number): WindowScores => {
    const window = windowOf(dates, id);
    const rows = window.test.last - window.test.first + 1;
    return {
      window,
      target: 'blended_rank_pct',
      trainRowsPrePurge: 0,
      trainRows: 0,
      trainDatesPrePurge: 0,
      trainDates: 0,
      linearBackend: '',
      treeBackend: '',
      linear: new Float64Array(rows).fill(value),
      tree: new Float64Array(rows).fill(value / 2),
    };
  };
  const at = (values: ArrayLike<number>) =>
    [719, 720, 779, 780, 839, 840, 899, 900, 920].map((d) => values[d]);

  it('averages where test ranges overlap', () => {
    const { linear, tree, windowCount } = combineWindows(offsets, [
      scored(0, 1),
      scored(1, 2),
      scored(2, 4),
    ]);
    assert.deepEqual(at(linear), [NaN, 1, 1, 1.5, 1.5, 3, 3, 4, 4]);
    assert.deepEqual(at(tree), [NaN, 0.5, 0.5, 0.75, 0.75, 1.5, 1.5, 2, 2]);
    assert.deepEqual(at(windowCount), [0, 1, 1, 2, 2, 2, 2, 1, 1]);
  });

  it('skips the scores of a window without a model, but counts the window', () => {
    const { linear, windowCount } = combineWindows(offsets, [scored(0, NaN), scored(1, 2)]);
    assert.deepEqual(at(linear), [NaN, NaN, NaN, 2, 2, 2, 2, NaN, NaN]);
    assert.deepEqual(at(windowCount), [0, 1, 1, 2, 2, 1, 1, 0, 0]);
  });

  it('does not depend on the order of the windows', () => {
    const windows = [scored(0, 0.1), scored(1, 0.2), scored(2, 0.3)];
    assert.deepEqual(
      combineWindows(offsets, windows),
      combineWindows(offsets, [...windows].reverse()),
    );
  });
});
