import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BinMapping } from '../../../../shared/ranking/boosting/binning.js';
import type { Dataset } from '../../../../shared/ranking/boosting/dataset.js';
import { layoutOf } from '../../../../shared/ranking/boosting/histogram.js';
import { findSplit, type Search } from '../../../../shared/ranking/boosting/split.js';

/** The sum of the gradients and the rows of one bin. */
type Bin = readonly [sum: number, rows: number];

const mappingOf = (bins: readonly Bin[], hasMissingBin: boolean): BinMapping => ({
  upperBounds: new Float64Array(bins.length),
  hasMissingBin,
  binCount: bins.length,
  zeroBin: 1,
  mostFrequentBin: 1,
});

const search = (features: readonly (readonly Bin[])[], hasMissingBin = false): Search => {
  const dataset: Dataset = {
    rows: 0,
    features: features.map((bins, column) => ({
      column,
      mapping: mappingOf(bins, hasMissingBin),
      firstBin: 0,
    })),
    bins: new Uint8Array(),
    rowsPerBin: new Int32Array(),
  };
  const layout = layoutOf(dataset, Int32Array.from(features.keys()));
  const totals = (features[0] ?? []).reduce(
    ({ sum, count }, [binSum, rows]) => ({ sum: sum + binSum, count: count + rows }),
    { sum: 0, count: 0 },
  );
  const histogram = Float64Array.from(features.flat(2));
  return findSplit(histogram, dataset, layout.features, layout, totals, 30);
};

describe('The best split', () => {
  it('is the one that separates the sums best', () => {
    const { best } = search([
      [
        [-30, 40],
        [-20, 40],
        [50, 80],
      ],
    ]);
    assert.deepEqual(best, {
      feature: 0,
      bin: 1,
      missingLeft: false,
      gain: 50 ** 2 / 80 + 50 ** 2 / 80,
      left: { count: 80, sum: -50 },
    });
  });

  it('is at the largest of equal thresholds: just below the lowest row of the right side', () => {
    const { best } = search([
      [
        [-10, 50],
        [0, 0],
        [0, 0],
        [10, 50],
      ],
    ]);
    assert.equal(best?.bin, 2);
  });

  it('is on the first of equal features', () => {
    const bins: readonly Bin[] = [
      [-10, 50],
      [10, 50],
    ];
    assert.equal(search([bins, bins, bins]).best?.feature, 0);
  });

  it('leaves enough rows on both sides', () => {
    const { best } = search([
      [
        [-100, 29],
        [-1, 1],
        [1, 1],
        [100, 29],
      ],
    ]);
    assert.deepEqual([best?.bin, best?.left.count], [1, 30]);
    const tooFew = search([
      [
        [-100, 29],
        [100, 31],
      ],
    ]);
    assert.equal(tooFew.best, undefined);
  });

  it('does not exist if no threshold has a gain, and excludes the feature for the children', () => {
    const useless: readonly Bin[] = [
      [0, 50],
      [0, 50],
    ];
    const useful: readonly Bin[] = [
      [-1, 50],
      [1, 50],
    ];
    const { best, splittable } = search([useless, useful, useless]);
    assert.equal(best?.feature, 1);
    assert.deepEqual([...splittable], [1]);
    assert.deepEqual(search([useless]), { best: undefined, splittable: new Int32Array(0) });
  });
});

/** Every threshold of every feature, from the right, by the reference's formula. */
const exhaustively = (features: readonly (readonly Bin[])[], count: number, sum: number) => {
  const ownScore = (sum * sum) / count;
  const splittable = new Set<number>();
  let best: { feature: number; bin: number; gain: number } | undefined;
  features.forEach((bins, feature) => {
    let [rightSum, rightCount, most, at] = [0, 0, ownScore, -1];
    for (let bin = bins.length - 1; bin > 0; bin -= 1) {
      const [binSum, rows] = bins[bin] ?? [Number.NaN, Number.NaN];
      rightSum += binSum;
      rightCount += rows;
      const [leftSum, leftCount] = [sum - rightSum, count - rightCount];
      if (rightCount < 30 || leftCount < 30) continue;
      const gain = (leftSum * leftSum) / leftCount + (rightSum * rightSum) / rightCount;
      if (gain > most) [most, at] = [gain, bin - 1];
    }
    if (at < 0) return;
    splittable.add(feature);
    const gain = most - ownScore;
    if (best === undefined || gain > best.gain) best = { feature, bin: at, gain };
  });
  return { best, splittable: [...splittable] };
};

describe('The search that skips thresholds that cannot win', () => {
  // Few different gradients: equal gains, and sums that cancel, are frequent.
  const row = fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(-0.3, -0.1, 0, 0.1, 0.1 + 2 ** -40, 7));
  it('finds what the search of all thresholds finds, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 2, max: 9 }),
        fc.array(row, { minLength: 60, maxLength: 150 }),
        fc.constantFrom(0, 1e-3, 1e6),
        (width, binCount, rows, shift) => {
          const features = Array.from({ length: width }, (_, feature) => {
            const bins = Array.from({ length: binCount }, (): [number, number] => [0, 0]);
            rows.forEach(([jump, gradient], i) => {
              const bin = bins[(i * (feature + 1) + jump) % binCount];
              if (bin === undefined) return;
              bin[0] += gradient + shift;
              bin[1] += 1;
            });
            return bins;
          });
          const sum = (features[0] ?? []).reduce((total, [binSum]) => total + binSum, 0);
          const expected = exhaustively(features, rows.length, sum);
          const { best, splittable } = search(features);
          const found = best && { feature: best.feature, bin: best.bin, gain: best.gain };
          assert.deepEqual(found, expected.best);
          assert.deepEqual([...splittable], expected.splittable);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('The best split with a bin of NaN', () => {
  it('sends NaN left where it is like the left side', () => {
    const { best } = search(
      [
        [
          [-40, 40],
          [40, 40],
          [-40, 40],
        ],
      ],
      true,
    );
    assert.deepEqual(
      [best?.bin, best?.missingLeft, best?.left],
      [0, true, { count: 80, sum: -80 }],
    );
  });

  it('sends NaN right where it is like the right side', () => {
    const { best } = search(
      [
        [
          [-40, 40],
          [40, 40],
          [40, 40],
        ],
      ],
      true,
    );
    assert.deepEqual(
      [best?.bin, best?.missingLeft, best?.left],
      [0, false, { count: 40, sum: -40 }],
    );
  });

  it('can set NaN apart from all numbers', () => {
    const { best } = search(
      [
        [
          [10, 40],
          [10, 40],
          [-20, 40],
        ],
      ],
      true,
    );
    assert.deepEqual([best?.bin, best?.missingLeft, best?.left.count], [1, false, 80]);
  });

  it('sends NaN right where there is one bin of numbers', () => {
    const { best } = search(
      [
        [
          [-10, 40],
          [10, 40],
        ],
      ],
      true,
    );
    assert.deepEqual([best?.bin, best?.missingLeft], [0, false]);
  });
});
