import assert from 'node:assert/strict';
import { columnOf } from '../../../../shared/ranking/boosting/matrix.js';
import { allocateColumns, column } from '../../../../shared/ranking/column-table.js';
import { dateRange } from '../../../../shared/ranking/cross-section.js';
import { DATE_FEATURES, FEATURES, ROW_COLUMNS } from '../../../../shared/ranking/features/names.js';
import {
  isFittable,
  liveWindow,
  modelData,
  trainingRows,
} from '../../../../shared/ranking/models/training-data.js';
import { calendarPosition } from '../../../../shared/units.js';

describe('The live training window', () => {
  for (const [asOf, first, last] of [
    [1897, 1088, 1807],
    [809, 0, 719],
    [810, 1, 720],
    [500, 0, 410],
    [90, 0, 0],
    [3, 0, 0],
  ] as const) {
    it(`of date ${asOf} reaches from ${first} to ${last}, 90 days before it`, () => {
      assert.deepEqual(liveWindow(calendarPosition(asOf)), { first, last });
    });
  }
});

describe('Training rows', () => {
  it('are the members of the window whose target is known, date by date', () => {
    const members = {
      offsets: Int32Array.of(0, 2, 3, 5),
      rows: Int32Array.of(0, 10, 1, 2, 12),
    };
    const target = new Float64Array(20).fill(0.5);
    target[2] = NaN;
    const rows = trainingRows(members, target, dateRange(1, 2));
    assert.deepEqual([...rows], [1, 12]);
  });

  it('are enough from 300 on, if there is something to score', () => {
    const some = new Int32Array(1);
    assert.equal(isFittable(new Int32Array(300), some), true);
    assert.equal(isFittable(new Int32Array(299), some), false);
    assert.equal(isFittable(new Int32Array(300), new Int32Array(0)), false);
  });
});

describe('modelData', () => {
  it('fills missing features of both matrices with the medians of the training rows', () => {
    const byRow = allocateColumns(ROW_COLUMNS, 4);
    const byDate = allocateColumns(DATE_FEATURES, 2);
    byRow.values.fill(1);
    column(byRow, 'roc20').set([5, NaN, 8, NaN]);
    column(byRow, 'roc60').fill(NaN);
    column(byDate, 'btc_zscore_120').set([0.25, NaN]);
    const rows = { training: Int32Array.of(2, 0, 1), scoring: Int32Array.of(3) };
    const target = Float64Array.of(10, 11, 12, 13);
    const data = modelData({ byRow, byDate }, Int32Array.of(0, 0, 1, 1), target, rows);
    const of = (name: (typeof FEATURES)[number]) => {
      const c = FEATURES.indexOf(name);
      const { features } = data.training;
      return [
        [...columnOf(features, c)],
        [...columnOf(data.scoring, c)],
        data.medians[c],
        data.missing[c],
      ];
    };
    assert.deepEqual(of('roc20'), [[8, 5, 6.5], [6.5], 6.5, 1]);
    assert.deepEqual(of('roc60'), [[0, 0, 0], [0], 0, 3]);
    assert.deepEqual(of('roc120'), [[1, 1, 1], [1], 1, 0]);
    assert.deepEqual(of('btc_zscore_120'), [[0.25, 0.25, 0.25], [0.25], 0.25, 1]);
    assert.deepEqual([...data.training.target], [12, 10, 11]);
  });
});
