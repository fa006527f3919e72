import assert from 'node:assert/strict';
import { BOOTSTRAP, meanInterval } from '../../../../shared/research/scorecard/bootstrap.js';
import { xoshiro128 } from '../../../../shared/research/scorecard/xoshiro128.js';
import { seededRandom } from '../../../support/synthetic-bars.js';

describe('createGenerator', () => {
  it('gives the numbers of xoshiro128++', () => {
    const { bits } = xoshiro128([1, 2, 3, 4]);
    // rotl(1 + 4, 7) + 1, by hand; the other is known from the test suite of PHP.
    assert.equal(bits(), 641);
    for (let i = 1; i < 102_400; i += 1) bits();
    assert.equal(bits(), 0x2c873cfa);
  });

  it('draws each number below a bound about equally often', () => {
    const { below } = xoshiro128(BOOTSTRAP.state);
    const counts = new Int32Array(7);
    for (let i = 0; i < 70_000; i += 1) {
      const drawn = below(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // 100 is the standard deviation of each.
    assert.ok(
      counts.every((count) => Math.abs(count - 10_000) < 400),
      counts.join(),
    );
  });
});

/** The sum of two standard uniforms less 1: mean 0, about bell-shaped. */
const noise = (random: () => number): number => random() + random() - 1;

/** Series of returns over three overlapping months each, whose true mean is 0. */
const overlapping = (size: number, random: () => number): Float64Array => {
  const single = Array.from({ length: size + 2 }, () => noise(random));
  return Float64Array.from(
    { length: size },
    (_, i) => (single[i] ?? 0) + (single[i + 1] ?? 0) + (single[i + 2] ?? 0),
  );
};

describe('meanInterval', () => {
  const values = overlapping(48, seededRandom(1));
  const mean = (some: Float64Array): number => some.reduce((a, b) => a + b, 0) / some.length;

  it('contains the mean, and is the same every time', () => {
    const { low, high } = meanInterval(values);
    assert.ok(low < mean(values) && mean(values) < high, `${low} ${mean(values)} ${high}`);
    assert.deepEqual(meanInterval(values), { low, high });
  });

  it('moves and stretches with the values', () => {
    const { low, high } = meanInterval(values);
    const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-12, `${a} ${b}`);
    const moved = meanInterval(values.map((value) => 2 * value + 1));
    near(moved.low, 2 * low + 1);
    near(moved.high, 2 * high + 1);
  });

  it('has no width if the values are equal', () => {
    assert.deepEqual(meanInterval(new Float64Array(20)), { low: 0, high: 0 });
  });

  it('is unknown for fewer than twelve months', () => {
    const none = { low: Number.NaN, high: Number.NaN };
    assert.deepEqual(meanInterval(values.subarray(0, 11)), none);
    assert.ok(meanInterval(values.subarray(0, 12)).low < 0);
  });

  it('is near that of the normal distribution where months are independent', () => {
    const random = seededRandom(2);
    const many = Float64Array.from({ length: 300 }, () => noise(random));
    const deviation = Math.sqrt(many.reduce((sum, value) => sum + (value - mean(many)) ** 2, 0));
    const half = (1.96 * deviation) / many.length;
    const { low, high } = meanInterval(many, 1);
    assert.ok(Math.abs((high - low) / 2 / half - 1) < 0.05, `${(high - low) / 2} ${half}`);
  });

  it('covers the truth of overlapping months far more often in blocks than one by one', () => {
    const random = seededRandom(3);
    const series = Array.from({ length: 100 }, () => overlapping(60, random));
    const covered = (block: number): number =>
      series.filter((one) => {
        const { low, high } = meanInterval(one, block);
        return low <= 0 && 0 <= high;
      }).length;
    const [single, blocks] = [covered(1), covered(BOOTSTRAP.blockMonths)];
    assert.ok(single < 85 && blocks >= 85, `${single} ${blocks}`);
  });
});
