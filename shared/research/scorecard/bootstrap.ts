import { floatAt } from '../../typed-arrays.js';
import { type GeneratorState, xoshiro128 } from './xoshiro128.js';

export const BOOTSTRAP = {
  confidence: 0.95,
  /** One less than a round number, so that both ends of the interval are one of the means. */
  resamples: 9999,
  /** The outcomes of a month reach 90 days on: into the two months after it, and no further. */
  blockMonths: 3,
  /** Four blocks; fewer give a very narrow interval, which excludes 0 by chance. */
  minimumMonths: 12,
  state: [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x5bd1e995],
} as const satisfies { readonly state: GeneratorState } & Readonly<Record<string, unknown>>;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * A confidence interval of the mean of a monthly series, by the percentiles of a circular block
 * bootstrap (Politis and Romano 1992). It draws blocks of consecutive months, because neighbouring
 * months share most of their future. NaN on both sides for fewer than `minimumMonths` values. The
 * values must not be NaN; the same values always give the same interval.
 */
export const meanInterval = (
  values: Float64Array,
  block: number = BOOTSTRAP.blockMonths,
): Interval => {
  const { confidence, resamples, minimumMonths, state } = BOOTSTRAP;
  if (values.length < minimumMonths) return { low: Number.NaN, high: Number.NaN };
  const { below } = xoshiro128(state);
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i += 1) means[i] = resampledMean(values, block, below);
  means.sort();
  const tail = Math.round(((resamples + 1) * (1 - confidence)) / 2);
  return { low: floatAt(means, tail - 1), high: floatAt(means, resamples - tail) };
};

/** The mean of as many months as there are, in blocks that begin anywhere and wrap around. */
const resampledMean = (
  values: Float64Array,
  block: number,
  below: (bound: number) => number,
): number => {
  const size = values.length;
  let sum = 0;
  for (let taken = 0; taken < size; ) {
    const start = below(size);
    for (let i = 0; i < block && taken < size; i += 1, taken += 1) {
      sum += floatAt(values, (start + i) % size);
    }
  }
  return sum / size;
};
