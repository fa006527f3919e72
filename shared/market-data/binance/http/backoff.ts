const FIRST = 500;
const LONGEST = 16_000;

/**
 * Milliseconds to wait after a failed attempt (from 1): doubling, with the upper half random, so
 * that requests that failed together do not retry together.
 */
export const backoff = (attempt: number, random: () => number): number => {
  const full = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random());
};
