import assert from 'node:assert/strict';
import { column } from '../../../../shared/ranking/column-table.js';
import { totalOrder } from '../../../../shared/research/evaluation/tie-breaking.js';
import { referenceOrder } from '../../../golden/shadow/reference-order.js';
import { always, handMadeMarket, handMadeScores } from '../hand-made-market.js';
import { NUMPY_ORDERS } from './numpy-orders.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('The order among equals', () => {
  it('is by position in the total order, missing values left out', () => {
    assert.deepEqual([...totalOrder.descending(of(1, 3, NaN, 3, 2, 3))], [1, 3, 5, 4, 0]);
  });

  it('is by position in the reference order too, up to 16 values', () => {
    assert.deepEqual([...referenceOrder.descending(of(1, 3, NaN, 3, 2, 3))], [1, 3, 5, 4, 0]);
  });

  it('is that of the reversed values, reversed, in the reference order of more', () => {
    for (const { values, order } of NUMPY_ORDERS) {
      const reversed = Float64Array.from(values).reverse();
      assert.deepEqual(
        [...referenceOrder.descending(reversed)],
        order.map((position) => values.length - 1 - position).reverse(),
      );
    }
  });

  it('goes by the rank for the final score in the total order, by the bare score otherwise', () => {
    const market = handMadeMarket({ AUSDT: [1], BUSDT: [1], CUSDT: [1] });
    const values = (a: number, b: number, c: number) => ({
      AUSDT: always(a, 1),
      BUSDT: always(b, 1),
      CUSDT: always(c, 1),
    });
    const scores = handMadeScores(market, {
      rule_score: values(0.1, 0.2, 0.3),
      final_score: values(0.5, 0.5, NaN),
      current_rank: values(2, 1, NaN),
    });
    const best = (ordering: typeof totalOrder, strategy: 'rule_score' | 'final_score') => [
      ...ordering.descending(ordering.key(scores, strategy)),
    ];
    assert.deepEqual(best(totalOrder, 'final_score'), [1, 0]);
    assert.deepEqual(best(referenceOrder, 'final_score'), [0, 1]);
    assert.deepEqual(best(totalOrder, 'rule_score'), [2, 1, 0]);
    assert.deepEqual(referenceOrder.key(scores, 'ml_score'), column(scores, 'ml_score'));
  });
});
