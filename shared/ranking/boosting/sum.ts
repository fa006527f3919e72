import { floatAt } from '../../typed-arrays.js';

/** The sum from the first value to the last: the order in which the reference adds. */
export const sumOf = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += floatAt(values, i);
  return sum;
};
