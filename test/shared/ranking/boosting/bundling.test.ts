import assert from 'node:assert/strict';
import type { BinMapping } from '../../../../shared/ranking/boosting/binning.js';
import { bundleFeatures } from '../../../../shared/ranking/boosting/bundling.js';
import { type Sparsity, sparsityOf } from '../../../../shared/ranking/boosting/sparsity.js';

const away = (...rows: readonly number[]): Sparsity => ({
  away: Int32Array.from(rows),
  nonZero: rows.length,
});
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);
const bundles = (rows: number, ...sparsity: readonly Sparsity[]) =>
  bundleFeatures(sparsity, rows, rows);

describe('Bundling', () => {
  it('bundles exclusive features', () => {
    assert.deepEqual(bundles(100, away(1, 2), away(3, 4), away(5)), [[0, 1, 2]]);
  });

  it('stores what collides too often feature by feature, so that nothing is lost', () => {
    assert.deepEqual(bundles(100, away(1, 2), away(2, 3)), [[0], [1]]);
  });

  it('never bundles dense features', () => {
    const dense = away(...range(0, 60));
    assert.deepEqual(bundles(100, dense, dense), [[0], [1]]);
  });

  it('allows one collision for each 10,000 rows', () => {
    const left = away(...range(0, 5000));
    const once = away(...range(4999, 6000));
    const twice = away(...range(4998, 6000));
    assert.deepEqual(bundles(12_000, left, once), [[0, 1]]);
    assert.deepEqual(bundles(12_000, left, twice), [[0], [1]]);
    assert.deepEqual(bundles(9999, left, once), [[0], [1]]);
  });

  it('does not let a collision cost more than half of a feature', () => {
    const dense = away(...range(0, 5000));
    // Its only row collides, and half of one row is none.
    assert.deepEqual(bundles(12_000, dense, away(0)), [[0], [1]]);
    assert.deepEqual(bundles(12_000, dense, away(0, 6000)), [[0, 1]]);
  });

  it('tries the features in descending order of their rows and keeps that order if it saves a group', () => {
    const features = [
      away(...range(0, 6000)),
      away(...range(5000, 10_000)),
      // Beside the first in column order, and then in the way of the next.
      away(...range(6000, 9000)),
      away(...range(6000, 10_000)),
      away(...range(0, 5000)),
      away(...range(0, 50), ...range(9990, 10_000)),
    ];
    assert.deepEqual(bundles(10_000, ...features), [
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });
});

describe('Sparsity', () => {
  const mapping: BinMapping = {
    upperBounds: Float64Array.of(1e-35, 5, Number.POSITIVE_INFINITY),
    hasMissingBin: false,
    binCount: 3,
    zeroBin: 0,
    mostFrequentBin: 0,
  };

  it('lists the rows that are not zero where zero is in the most frequent bin', () => {
    const values = Float64Array.of(0, 4, Number.NaN, 0, 7, 1e-36);
    assert.deepEqual(sparsityOf(values, mapping), { away: Int32Array.of(1, 2, 4), nonZero: 3 });
  });

  it('reads sorted values as values of other rows, as the library does', () => {
    const values = Float64Array.of(7, 4, 0, 4, 4, 4);
    // Row 0 is away, but after sorting the 7 is where row 5 was read from.
    assert.deepEqual(sparsityOf(values, { ...mapping, mostFrequentBin: 1 }), {
      away: Int32Array.of(2, 5),
      nonZero: 5,
    });
  });
});
