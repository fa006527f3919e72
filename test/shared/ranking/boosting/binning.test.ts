import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  boundsAroundZero,
  distinctValues,
  greedyBounds,
} from '../../../../shared/ranking/boosting/bin-bounds.js';
import { binOf, findBins } from '../../../../shared/ranking/boosting/binning.js';
import { nextUp, TINY } from '../../../../shared/ranking/boosting/floats.js';

const INFINITY = Number.POSITIVE_INFINITY;
const repeated = (value: number, times: number): number[] => new Array<number>(times).fill(value);
const columnOf = (...parts: readonly (readonly number[])[]): Float64Array =>
  Float64Array.from(parts.flat());

describe('The next double', () => {
  const table: readonly (readonly [number, number])[] = [
    [0, Number.MIN_VALUE],
    [-0, Number.MIN_VALUE],
    [1, 1 + Number.EPSILON],
    [-1, -1 + Number.EPSILON / 2],
    [-Number.MIN_VALUE, -0],
    [Number.MAX_VALUE, INFINITY],
    [INFINITY, INFINITY],
    [-INFINITY, -Number.MAX_VALUE],
    // All low bits set: the step carries into the upper half, and back.
    [1 + (2 ** 32 - 1) * 2 ** -52, 1 + 2 ** -20],
    [-(1 + 2 ** -20), -(1 + (2 ** 32 - 1) * 2 ** -52)],
  ];
  for (const [x, up] of table) {
    it(`above ${x} is ${up}`, () => assert.equal(nextUp(x), up));
  }

  it('has none between', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (x) => {
        const up = nextUp(x);
        assert.ok(up > x);
        const middle = x / 2 + up / 2;
        assert.ok(middle === x || middle === up || Math.abs(x) < 1e-300);
      }),
    );
  });
});

describe('Distinct values', () => {
  const distinct = (sorted: readonly number[], zeros: number) =>
    distinctValues(Float64Array.from(sorted), zeros);

  it('place zeros in order', () => {
    assert.deepEqual(distinct([1, 2], 3), { values: [0, 1, 2], counts: [3, 1, 1] });
    assert.deepEqual(distinct([-2, -1], 3), { values: [-2, -1, 0], counts: [1, 1, 3] });
    assert.deepEqual(distinct([-1, 1], 3), { values: [-1, 0, 1], counts: [1, 3, 1] });
    assert.deepEqual(distinct([], 3), { values: [0], counts: [3] });
  });

  it('insert a zero that no row has only between the signs', () => {
    assert.deepEqual(distinct([-1, 1], 0), { values: [-1, 0, 1], counts: [1, 0, 1] });
    assert.deepEqual(distinct([1, 1], 0), { values: [1], counts: [2] });
    assert.deepEqual(distinct([-1], 0), { values: [-1], counts: [1] });
  });

  it('merge chains of neighbours one unit in the last place apart, keeping the largest', () => {
    const second = nextUp(1);
    const third = nextUp(second);
    const apart = nextUp(nextUp(third));
    assert.deepEqual(distinct([1, second, third, apart], 0), {
      values: [third, apart],
      counts: [3, 1],
    });
  });
});

describe('Greedy bounds', () => {
  it('give each value a bin while there are enough, but none to fewer than three rows', () => {
    const values = [1, 2, 3, 4];
    assert.deepEqual(greedyBounds({ values, counts: [3, 3, 3, 3] }, 4, 12), [
      nextUp(1.5),
      nextUp(2.5),
      nextUp(3.5),
      INFINITY,
    ]);
    assert.deepEqual(greedyBounds({ values, counts: [1, 2, 1, 9] }, 4, 13), [
      nextUp(2.5),
      INFINITY,
    ]);
  });

  it('share the rows out evenly where there are more values than bins', () => {
    const values = [1, 2, 3, 4, 5, 6];
    const counts = [5, 5, 5, 5, 5, 5];
    assert.deepEqual(greedyBounds({ values, counts }, 3, 30), [nextUp(2.5), nextUp(4.5), INFINITY]);
  });

  it('leave a heavy value alone and close the bin before it at half the mean', () => {
    const values = [1, 2, 3, 4, 5, 6];
    const counts = [5, 5, 80, 4, 4, 2];
    // The mean of what is light is 20 / 4 = 5 rows; the heavy 3 is closed on both sides.
    assert.deepEqual(greedyBounds({ values, counts }, 5, 100), [
      nextUp(1.5),
      nextUp(2.5),
      nextUp(3.5),
      nextUp(5.5),
      INFINITY,
    ]);
  });

  it('never have more bins than a third of the rows', () => {
    const values = [1, 2, 3, 4, 5, 6];
    assert.equal(greedyBounds({ values, counts: repeated(1, 6) }, 5, 6).length, 2);
  });
});

describe('Bounds around zero', () => {
  const counted = (values: readonly number[]) => ({ values, counts: repeated(5, values.length) });

  it('give zero a bin of its own', () => {
    assert.deepEqual(boundsAroundZero(counted([-2, 0, 2]), 255), [-TINY, TINY, INFINITY]);
  });

  it('leave the first bin of positive values and the last bin of negative ones to zero', () => {
    assert.deepEqual(boundsAroundZero(counted([1, 2]), 255), [TINY, nextUp(1.5), INFINITY]);
    assert.deepEqual(boundsAroundZero(counted([-2, -1]), 255), [nextUp(-1.5), -TINY, INFINITY]);
  });

  it('have one bin for zeros alone', () => {
    assert.deepEqual(boundsAroundZero(counted([0]), 255), [INFINITY]);
  });

  it('cut both signs in proportion to their rows', () => {
    const values = [...Array.from({ length: 30 }, (_, i) => i - 30), 0];
    values.push(...Array.from({ length: 10 }, (_, i) => i + 1));
    const bounds = boundsAroundZero(counted(values), 9);
    // trunc(30 / 40 * 8) = 6 negative bins, one for zero and two positive ones.
    assert.deepEqual(
      [bounds.filter((bound) => bound < 0).length, bounds.indexOf(TINY), bounds.length],
      [6, 6, 9],
    );
  });
});

describe('Bins', () => {
  it('do not exist for a column that no threshold can split', () => {
    assert.equal(findBins(columnOf(repeated(0, 100)), 255, 30), undefined);
    assert.equal(findBins(columnOf(repeated(3.5, 100)), 255, 30), undefined);
    assert.equal(findBins(columnOf(repeated(1, 29), repeated(2, 71)), 255, 30), undefined);
    assert.equal(findBins(columnOf(repeated(Number.NaN, 100)), 255, 30), undefined);
    assert.ok(findBins(columnOf(repeated(1, 30), repeated(2, 70)), 255, 30));
  });

  it('hold NaN in one of their own, the last, if there was any', () => {
    const mapping = findBins(columnOf(repeated(-1, 50), repeated(Number.NaN, 50)), 255, 30);
    assert.ok(mapping);
    assert.deepEqual([...mapping.upperBounds], [-TINY, INFINITY]);
    assert.equal(mapping.binCount, 3);
    assert.equal(binOf(mapping, Number.NaN), 2);
    assert.equal(binOf(mapping, 5), 1);
  });

  it('treat NaN as 0 if training had none', () => {
    const mapping = findBins(columnOf(repeated(-1, 50), repeated(1, 50)), 255, 30);
    assert.ok(mapping);
    assert.equal(binOf(mapping, Number.NaN), mapping.zeroBin);
  });

  it('are as many as allowed and no more, with NaN and without', () => {
    const ramp = Float64Array.from({ length: 3000 }, (_, i) => i - 1500.5);
    const gaps = ramp.map((value, i) => (i % 10 === 0 ? Number.NaN : value));
    assert.equal(findBins(ramp, 255, 30)?.binCount, 255);
    assert.equal(findBins(gaps, 255, 30)?.binCount, 255);
  });

  it('count a bin as the most frequent from 70 % of the rows, else that of zero', () => {
    const mostFrequent = (sevens: number): number | undefined =>
      findBins(columnOf(repeated(7, sevens), repeated(8, 100 - sevens)), 255, 30)?.mostFrequentBin;
    assert.equal(mostFrequent(70), 1);
    assert.equal(mostFrequent(69), 0);
  });

  it('hold what is up to their bound and above the one before', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, min: -100, max: 100 }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(TINY, -TINY, 1e-36, -1e-36, nextUp(1)),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 40, maxLength: 200 }),
        fc.integer({ min: 4, max: 12 }),
        value,
        (values, maxBins, probe) => {
          const mapping = findBins(Float64Array.from(values), maxBins, 1);
          if (mapping === undefined) return;
          const { upperBounds, binCount } = mapping;
          assert.ok(binCount <= maxBins);
          assert.ok(upperBounds.every((bound, i) => i === 0 || bound > (upperBounds[i - 1] ?? 0)));
          const bin = binOf(mapping, probe);
          assert.ok(probe <= (upperBounds[bin] ?? Number.NaN));
          assert.ok(bin === 0 || probe > (upperBounds[bin - 1] ?? Number.NaN));
        },
      ),
    );
  });
});
