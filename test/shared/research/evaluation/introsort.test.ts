import assert from 'node:assert/strict';
import fc from 'fast-check';
import { introsort } from '../../../golden/shadow/introsort.js';
import { NUMPY_ORDERS } from './numpy-orders.js';

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
