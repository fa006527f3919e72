import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitted, namedMonths, wholeRange } from '../../../../shared/report/charts/axes.js';
import { avoidOverlaps } from '../../../../shared/report/charts/price-lines.js';

describe('The axes of a report', () => {
  const named = (size: number, plot: number) =>
    Array.from({ length: size }, (_, index) => index).filter(namedMonths(size, plot));

  it('name every month where there are few, on a phone, too', () => {
    for (const size of [1, 2, 3, 6])
      assert.equal(named(size, 254).length, size, `${size} months on a phone`);
    assert.equal(named(12, 690).length, 12);
  });

  it('name as many months as fit, the newest included', () => {
    assert.deepEqual(named(12, 254), [1, 3, 5, 7, 9, 11]);
    const many = named(48, 254);
    assert.equal(many.at(-1), 47);
    assert.ok(many.length >= 4 && many.length * 42 <= 254, many.join());
  });

  it('have a length even for constant values', () => {
    assert.deepEqual(wholeRange([0, 0], 8), { min: 0, max: 1, interval: 1 });
    assert.deepEqual(wholeRange([-1.5, 2.1], 8), { min: -2, max: 3, interval: 1 });
    assert.equal(wholeRange([-2, 26], 8).interval, 4);
  });

  it('truncate a long name to fit', () => {
    assert.equal(fitted('1000SATS', 62, 358), '1000SATS');
    assert.equal(fitted('1000SATSANDMORE', 62, 358), '1000SAT…');
  });
});

describe('avoidOverlaps', () => {
  it('keeps the order and the distance, and stays within the bounds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 28, max: 274 }), { minLength: 1, maxLength: 14 }),
        (heights) => {
          const spread = avoidOverlaps(heights, 14, 268);
          const order = heights
            .map((height, at) => ({ height, at }))
            .sort((a, b) => a.height - b.height || a.at - b.at)
            .map(({ at }) => spread[at] ?? Number.NaN);
          order.forEach((height, i) => {
            assert.ok(height <= 268);
            const before = order[i - 1];
            assert.ok(before === undefined || height - before >= 14 - 1e-9);
          });
        },
      ),
    );
  });

  it('does not move labels that do not overlap', () => {
    assert.deepEqual(avoidOverlaps([200, 40, 120], 14, 268), [200, 40, 120]);
  });
});
