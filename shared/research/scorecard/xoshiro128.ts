export interface RandomBits {
  /** A whole number from 0 to `bound` − 1, for bounds far below 2^32. */
  readonly below: (bound: number) => number;
  /** The next 32 bits. */
  readonly bits: () => number;
}

export type GeneratorState = readonly [number, number, number, number];

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/**
 * Random numbers that depend on the state alone: xoshiro128++ (Blackman and Vigna, Scrambled linear
 * pseudorandom number generators, 2021). The state must not be all zeros.
 */
export const xoshiro128 = (state: GeneratorState): RandomBits => {
  let [a, b, c, d] = state;
  const bits = (): number => {
    const result = (rotated((a + d) | 0, 7) + a) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
  return { bits, below: (bound) => Math.floor((bits() / 2 ** 32) * bound) };
};
