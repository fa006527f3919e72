/** The share of a pool of `size` that was in the pool before it; NaN if there was none. */
export const poolOverlap = (
  pool: readonly string[],
  before: readonly string[] | undefined,
  size: number,
): number =>
  before === undefined
    ? Number.NaN
    : pool.filter((symbol) => before.includes(symbol)).length / size;

/** The mean of the values that are not NaN; NaN of none. */
export const knownMean = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};
