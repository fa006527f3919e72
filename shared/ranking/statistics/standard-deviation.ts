import { sum } from './sum.js';

/** Sample standard deviation (ddof 1) of the values that are not NaN; NaN of fewer than two. */
export const standardDeviation = (values: Float64Array): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < 2) return Number.NaN;
  const mean = sum(known) / known.length;
  const squares = known.map((value) => (value - mean) * (value - mean));
  return Math.sqrt(sum(squares) / (known.length - 1));
};
