import { floatAt } from '../../typed-arrays.js';

/** The median of the values that are not NaN (mean of the middle two if even); NaN of none. */
export const median = (values: Float64Array): number => {
  // The native typed-array sort is numeric and puts NaN last.
  const sorted = values.slice().sort();
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1])) count -= 1;
  if (count === 0) return Number.NaN;
  const upper = count >> 1;
  return count % 2 === 1
    ? floatAt(sorted, upper)
    : (floatAt(sorted, upper - 1) + floatAt(sorted, upper)) / 2;
};
