const FIRST = 500;
const LONGEST = 16_000;

/**
 * Milliseconds to wait after the failed attempt (from 1): doubling, with the upper half of it drawn
 * so that those who failed together do not come back together.
 */
export const backoff = (attempt: number, random: () => number): number => {
  const full = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random());
};
