import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createSubsetSampler,
  deriveSeeds,
  lightgbmRandom,
  sampleIndices,
} from '../../../../shared/ranking/boosting/lightgbm-random.js';

describe('The generator', () => {
  it('returns the 16-bit numbers of the library', () => {
    const { short } = lightgbmRandom(30056);
    assert.deepEqual(
      [short(), short(), short(), short(), short()],
      [32652, 2109, 10327, 26866, 5655],
    );
  });

  it('steps like exact integer arithmetic, also where the product leaves 32 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
        const next = (214013n * BigInt(seed) + 2531011n) % 2n ** 32n;
        assert.equal(lightgbmRandom(seed).int31(), Number(next & 0x7fffffffn));
        assert.equal(lightgbmRandom(seed).short(), Number((next >> 16n) & 0x7fffn));
      }),
    );
  });

  it('derives six seeds from the master seed', () => {
    assert.deepEqual(deriveSeeds(42), {
      data: 175,
      bagging: 400,
      drop: 17869,
      featureFraction: 30056,
      objective: 16083,
      extra: 12879,
    });
  });
});

describe('Sampling', () => {
  it('draws the pairs out of three that the library draws', () => {
    const generator = lightgbmRandom(30056);
    const draws = Array.from({ length: 4 }, () => [...sampleIndices(generator, 3, 2)]);
    assert.deepEqual(draws, [
      [0, 1],
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it('takes everything without drawing', () => {
    const generator = lightgbmRandom(7);
    assert.deepEqual([...sampleIndices(generator, 4, 4)], [0, 1, 2, 3]);
    assert.equal(generator.int31(), lightgbmRandom(7).int31());
  });

  it('draws once for each member of the population where the sample is large', () => {
    const generator = lightgbmRandom(7);
    const counted = lightgbmRandom(7);
    sampleIndices(generator, 43, 32);
    for (let i = 0; i < 43; i += 1) counted.short();
    assert.equal(generator.int31(), counted.int31());
  });

  it('returns the requested number of different indices below the population, ascending', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, population, share) => {
          const size = Math.ceil(share * population);
          const indices = [...sampleIndices(lightgbmRandom(seed), population, size)];
          assert.equal(indices.length, size);
          assert.deepEqual(
            indices,
            [...new Set(indices)].sort((a, b) => a - b),
          );
          assert.ok(indices.every((index) => index >= 0 && index < population));
        },
      ),
    );
  });
});

describe('Feature subsets', () => {
  it('discard the first draw', () => {
    const draw = createSubsetSampler(42, 3, 0.75);
    assert.deepEqual([...draw()], [1, 2]);
  });

  it('have three quarters of the features, rounded, and at least one', () => {
    const sizes = [1, 2, 3, 4, 5, 43].map((size) => createSubsetSampler(1, size, 0.75)().length);
    assert.deepEqual(sizes, [1, 2, 2, 3, 4, 32]);
    assert.equal(createSubsetSampler(1, 5, 0.01)().length, 1);
  });

  it('are empty where there are no features', () => {
    assert.deepEqual([...createSubsetSampler(42, 0, 0.75)()], []);
  });
});
