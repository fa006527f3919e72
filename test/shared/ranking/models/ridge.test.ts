import assert from 'node:assert/strict';
import fc from 'fast-check';
import { solvePositiveDefinite } from '../../../../shared/ranking/models/cholesky.js';
import { fitRidge, predictRidge } from '../../../../shared/ranking/models/ridge.js';
import { assertNear } from '../../../support/assert-near.js';
import { seededRandom } from '../../../support/synthetic-bars.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('solvePositiveDefinite', () => {
  it('solves a system by hand, reading the lower triangle only', () => {
    const a = of(4, NaN, 2, 10);
    const b = of(8, 7);
    assert.deepEqual(solvePositiveDefinite(a, b), of(11 / 6, 1 / 3));
    assert.deepEqual([...a, ...b], [4, NaN, 2, 10, 8, 7]);
  });

  it('solves any Gram matrix plus a ridge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (size, seed) => {
        const random = seededRandom(seed);
        const root = Float64Array.from({ length: size * size }, () => random() - 0.5);
        const a = new Float64Array(size * size);
        for (let i = 0; i < size; i += 1) {
          for (let j = 0; j < size; j += 1) {
            for (let k = 0; k < size; k += 1) {
              a[i * size + j] =
                (a[i * size + j] ?? 0) + (root[i * size + k] ?? 0) * (root[j * size + k] ?? 0);
            }
          }
          a[i * size + i] = (a[i * size + i] ?? 0) + 0.5;
        }
        const b = Float64Array.from({ length: size }, () => random());
        const x = solvePositiveDefinite(a, b);
        for (let i = 0; i < size; i += 1) {
          let product = 0;
          for (let j = 0; j < size; j += 1) product += (a[i * size + j] ?? 0) * (x[j] ?? 0);
          assert.ok(Math.abs(product - (b[i] ?? 0)) < 1e-10);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('fitRidge', () => {
  it('fits one feature by hand: z = ±1, so the coefficient is Σzy / (n + alpha)', () => {
    const features = { rows: 4, columns: 1, values: of(10, 10, 30, 30) };
    const model = fitRidge({ features, target: of(1, 2, 3, 6) }, 2);
    assert.deepEqual([...model.mean, ...model.scale, model.intercept], [20, 10, 3]);
    assertNear(model.coefficients[0], 1, 'coefficient');
    const [far, middle] = predictRidge(model, { rows: 2, columns: 1, values: of(40, 20) });
    assertNear(far, 5, 'two deviations above');
    assertNear(middle, 3, 'the mean');
  });

  it('ignores a constant feature, for any constant', () => {
    const values = of(1, 2, 3, 4, 0.1 + 1e9, 0.1 + 1e9, 0.1 + 1e9, 0.1 + 1e9);
    const model = fitRidge({ features: { rows: 4, columns: 2, values }, target: of(4, 3, 2, 1) });
    assert.equal(model.scale[1], 1);
    assertNear(model.coefficients[1], 0, 'coefficient of the constant');
    assert.ok((model.coefficients[0] ?? 0) < 0);
  });

  it('is at the minimum: the penalised gradient is zero, also for duplicate features', () => {
    const random = seededRandom(7);
    const rows = 53;
    const first = Float64Array.from({ length: rows }, () => 1e8 * random());
    const second = Float64Array.from({ length: rows }, () => random() - 0.5);
    const values = Float64Array.from([...first, ...second, ...first]);
    const target = Float64Array.from({ length: rows }, () => random());
    const features = { rows, columns: 3, values };
    const model = fitRidge({ features, target }, 2);
    const residuals = predictRidge(model, features).map((score, r) => (target[r] ?? 0) - score);
    for (let c = 0; c < 3; c += 1) {
      let gradient = -2 * (model.coefficients[c] ?? 0);
      for (let r = 0; r < rows; r += 1) {
        const z = ((values[c * rows + r] ?? 0) - (model.mean[c] ?? 0)) / (model.scale[c] ?? 1);
        gradient += z * (residuals[r] ?? 0);
      }
      assert.ok(Math.abs(gradient) < 1e-10, `gradient ${gradient} of feature ${c}`);
    }
    assertNear(model.coefficients[0], model.coefficients[2] ?? NaN, 'coefficient of the duplicate');
  });
});
