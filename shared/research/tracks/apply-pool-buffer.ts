/**
 * The pool of a month from all ranked symbols, best first: members of the previous pool stay while
 * their rank is within `size + buffer`, and the best others fill the free places. In rank order.
 * Without a previous pool, or with a buffer of 0, it is the best `size`.
 */
export const applyPoolBuffer = (
  ranked: readonly string[],
  before: readonly string[],
  size: number,
  buffer: number,
): readonly string[] => {
  const staying = ranked.slice(0, size + buffer).filter((symbol) => before.includes(symbol));
  const others = ranked.filter((symbol) => !staying.includes(symbol));
  const pool = [...staying, ...others.slice(0, size - staying.length)];
  return ranked.filter((symbol) => pool.includes(symbol));
};
