import assert from 'node:assert/strict';
import { column } from '../../../../shared/ranking/column-table.js';
import { crossSections, dateRange } from '../../../../shared/ranking/cross-section.js';
import {
  computeLabels,
  type LabelColumn,
  topLabels,
} from '../../../../shared/ranking/models/labels.js';
import { buildPanel } from '../../../../shared/ranking/panel.js';
import { assertNear } from '../../../support/assert-near.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

/** 100 days of a price that is 100 at first and `after` from day `from` on. */
const step = (symbol: string, from: number, after: number, length = 100) => {
  const walk = randomWalk({ symbol, first: 0, length, seed: 1 });
  return { ...walk, close: walk.close.map((_, t) => (t < from ? 100 : after)) };
};

describe('topLabels', () => {
  for (const [title, values, expected] of [
    ['marks the three largest', of(1, 5, 3, 4, 2), of(0, 1, 1, 1, 0)],
    ['takes the first of equals', of(1, 2, 2, 2, 2), of(0, 1, 1, 1, 0)],
    ['leaves missing values missing', of(NaN, 1, NaN), of(NaN, 1, NaN)],
  ] as const) {
    it(title, () => assert.deepEqual([...topLabels(values, 3)], [...expected]));
  }
});

describe('Labels', () => {
  // Day 0: A gains 10 % within 30 days, B 20 % within 60 (so 0 % within 30), C falls by half
  // within 90; D stops trading after 50 days with 5 %; E is not in the universe.
  const panel = buildPanel([
    step('A', 30, 110),
    step('B', 60, 120),
    step('C', 90, 50),
    step('D', 1, 105, 50),
    step('E', 1, 900),
  ]);
  const outside = panel.symbols.indexOf('E');
  const mask = panel.dateOfRow.map((_, row) => (row < (panel.offsets[outside] ?? 0) ? 1 : 0));
  const members = crossSections(panel, Uint8Array.from(mask));
  const labels = computeLabels(panel, members);
  const onFirstDay = (name: LabelColumn) =>
    panel.symbols.map((_, s) => column(labels, name)[panel.offsets[s] ?? -1] ?? NaN);

  it('are the returns 30, 60 and 90 rows ahead', () => {
    const near = (name: LabelColumn, expected: readonly number[]): void => {
      for (const [s, value] of onFirstDay(name).entries()) {
        assertNear(value, expected[s] ?? NaN, `${name} of ${panel.symbols[s]}`, 1e-9);
      }
    };
    near('future_return_30', [0.1, 0, 0, 0.05, 8]);
    near('future_return_60', [0.1, 0.2, 0, NaN, 8]);
    near('future_return_90', [0.1, 0.2, -0.5, NaN, 8]);
  });

  it('are ranked within the universe', () => {
    assert.deepEqual(onFirstDay('future_rank_pct_30'), [1, 0.375, 0.375, 0.75, NaN]);
    assert.deepEqual(onFirstDay('future_rank_pct_60'), [2 / 3, 1, 1 / 3, NaN, NaN]);
    assert.deepEqual(onFirstDay('future_topk_label_30'), [1, 1, 0, 1, NaN]);
    assert.deepEqual(onFirstDay('future_topk_label_90'), [1, 1, 1, NaN, NaN]);
  });

  it('blend the ranks, a missing one counting 0', () => {
    const expected = [
      0.5 + 0.35 * (2 / 3) + 0.15 * (2 / 3),
      0.5 * 0.375 + 0.35 + 0.15,
      0.5 * 0.375 + 0.35 / 3 + 0.15 / 3,
      0.5 * 0.75,
      NaN,
    ];
    for (const [s, value] of onFirstDay('blended_rank_pct').entries()) {
      assertNear(value, expected[s] ?? NaN, `target of ${panel.symbols[s]}`);
    }
  });

  it('are missing at the end of a history', () => {
    const target = column(labels, 'blended_rank_pct');
    assert.ok(!Number.isNaN(target[69]));
    assert.ok(Number.isNaN(target[70]));
  });

  it('are ranked only in the requested range', () => {
    const some = computeLabels(panel, members, dateRange(1, 1));
    const target = column(some, 'blended_rank_pct');
    assert.ok(Number.isNaN(target[0]));
    assert.equal(target[1], column(labels, 'blended_rank_pct')[1]);
    assert.ok(Number.isNaN(target[2]));
    assert.deepEqual(column(some, 'future_return_30'), column(labels, 'future_return_30'));
  });
});
