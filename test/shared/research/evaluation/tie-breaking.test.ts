import assert from 'node:assert/strict';
import fc from 'fast-check';
import { column } from '../../../../shared/ranking/column-table.js';
import { totalOrder } from '../../../../shared/research/evaluation/tie-breaking.js';
import { introsort } from '../../../golden/shadow/introsort.js';
import { referenceOrder } from '../../../golden/shadow/reference-order.js';
import { always, handMadeMarket, handMadeScores } from '../hand-made-market.js';

/**
 * What `numpy.argsort(values, kind='quicksort')` of NumPy 2.4 gives without vector instructions
 * (NPY_DISABLE_CPU_FEATURES), which have a sort of their own.
 */
const NUMPY_ORDERS: readonly {
  readonly title: string;
  readonly values: readonly number[];
  readonly order: readonly number[];
}[] = [
  {
    title: '17 values, three of them different',
    values: [0, 2, 0, 0, 0, 2, 2, 2, 0, 2, 1, 1, 0, 1, 2, 1, 0],
    order: [0, 12, 4, 8, 2, 3, 16, 15, 10, 11, 13, 5, 6, 7, 9, 1, 14],
  },
  {
    title: '33 values, five of them different',
    values: [
      2, 2, 4, 3, 1, 3, 4, 3, 3, 1, 3, 0, 3, 4, 4, 1, 1, 3, 1, 3, 1, 0, 0, 2, 1, 1, 4, 4, 4, 2, 0,
      3, 3,
    ],
    order: [
      30, 22, 21, 11, 16, 25, 4, 24, 9, 20, 18, 15, 29, 23, 0, 1, 32, 31, 17, 12, 19, 10, 8, 7, 5,
      3, 2, 28, 13, 26, 14, 27, 6,
    ],
  },
  {
    title: '60 values, seven of them different',
    values: [
      3, 6, 6, 3, 4, 5, 3, 4, 1, 4, 1, 1, 5, 4, 2, 0, 1, 5, 3, 6, 6, 5, 0, 0, 4, 2, 5, 2, 1, 0, 2,
      4, 0, 5, 2, 2, 4, 6, 3, 5, 2, 0, 5, 5, 5, 6, 3, 1, 4, 4, 2, 4, 1, 4, 5, 0, 3, 4, 0, 4,
    ],
    order: [
      29, 23, 55, 32, 22, 41, 15, 58, 11, 10, 8, 47, 52, 28, 16, 30, 34, 25, 35, 27, 40, 50, 14, 46,
      56, 38, 0, 3, 18, 6, 24, 57, 53, 51, 4, 49, 48, 7, 9, 59, 31, 36, 13, 12, 21, 54, 33, 39, 17,
      44, 26, 42, 5, 43, 45, 19, 20, 2, 1, 37,
    ],
  },
  {
    title: '64 values made to defeat the pivot, so that 38 of them are left to the heap',
    values: [
      0, 67, 2, 66, 4, 67, 6, 66, 8, 65, 10, 66, 12, 65, 14, 67, 16, 65, 18, 67, 20, 66, 22, 67, 24,
      66, 65, 65, 67, 66, 66, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 65, 65, 67, 66, 66, 65,
      67, 67, 66, 65, 65, 67, 66, 66, 65, 67, 67, 66, 65, 65,
    ],
    order: [
      0, 31, 2, 32, 4, 33, 6, 34, 8, 35, 10, 36, 12, 37, 14, 38, 16, 39, 18, 40, 20, 41, 22, 42, 24,
      43, 13, 17, 49, 44, 27, 63, 58, 62, 9, 45, 26, 53, 54, 56, 52, 11, 47, 7, 30, 29, 61, 48, 25,
      21, 57, 3, 55, 15, 1, 51, 50, 28, 46, 23, 5, 60, 59, 19,
    ],
  },
];

const few = (size: fc.ArrayConstraints) => fc.array(fc.integer({ min: 0, max: 4 }), size);

const stable = (values: readonly number[]): readonly number[] =>
  [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);

describe('introsort', () => {
  for (const { title, values, order } of NUMPY_ORDERS) {
    it(`leaves equal values where NumPy leaves them: ${title}`, () => {
      assert.deepEqual([...introsort(Float64Array.from(values))], order);
      assert.notDeepEqual(order, stable(values));
    });
  }

  it('keeps up to 16 values in place where they are equal', () => {
    fc.assert(
      fc.property(few({ maxLength: 16 }), (values) => {
        assert.deepEqual([...introsort(Float64Array.from(values))], stable(values));
      }),
    );
  });

  it('sorts any number of values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 400 }), (values) => {
        const order = [...introsort(Float64Array.from(values))];
        const sorted = [...values].sort((a, b) => a - b);
        assert.deepEqual(
          order.map((position) => values[position]),
          sorted,
        );
        assert.equal(new Set(order).size, values.length);
      }),
      { numRuns: 60 },
    );
  });
});

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
