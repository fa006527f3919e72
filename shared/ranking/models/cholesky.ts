import { floatAt } from '../../typed-arrays.js';

/**
 * Solves A·x = b for a symmetric positive definite A (size × size, row-major; only the lower
 * triangle is read) by A = L·Lᵀ. Neither argument is changed.
 */
export const solvePositiveDefinite = (a: Float64Array, b: Float64Array): Float64Array => {
  const size = b.length;
  const lower = a.slice();
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = floatAt(lower, i * size + j);
      for (let k = 0; k < j; k += 1) {
        sum -= floatAt(lower, i * size + k) * floatAt(lower, j * size + k);
      }
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / floatAt(lower, j * size + j);
    }
  }
  const x = b.slice();
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) {
      x[i] = floatAt(x, i) - floatAt(lower, i * size + k) * floatAt(x, k);
    }
    x[i] = floatAt(x, i) / floatAt(lower, i * size + i);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) {
      x[i] = floatAt(x, i) - floatAt(lower, k * size + i) * floatAt(x, k);
    }
    x[i] = floatAt(x, i) / floatAt(lower, i * size + i);
  }
  return x;
};
