import { floatAt } from '../../typed-arrays.js';

const BLOCK = 128;
const LANES = 8;

/**
 * The sum of the values in the order of additions of NumPy's pairwise summation: eight interleaved
 * lanes, and halves if there are more than 128. The reference's statistics use it, so that the
 * results here are equal to the last bit.
 */
export const sum = (values: Float64Array): number => {
  const size = values.length;
  if (size > BLOCK) {
    const half = size >> 1;
    const middle = half - (half % LANES);
    return sum(values.subarray(0, middle)) + sum(values.subarray(middle));
  }
  const lanes = new Float64Array(LANES);
  const whole = size - (size % LANES);
  for (let i = 0; i < whole; i += 1) {
    const lane = i % LANES;
    lanes[lane] = floatAt(lanes, lane) + floatAt(values, i);
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
  let total = a + b + (c + d) + (e + f + (g + h));
  for (let i = whole; i < size; i += 1) total += floatAt(values, i);
  return total;
};
