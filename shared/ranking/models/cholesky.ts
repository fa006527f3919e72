/**
 * Solves A·x = b for a symmetric positive definite A (size × size, row-major; only the lower
 * triangle is read) by A = L·Lᵀ. Neither argument is changed.
 */
export const solvePositiveDefinite = (a: Float64Array, b: Float64Array): Float64Array => {
  const size = b.length;
  const lower = a.slice();
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = lower[i * size + j] as number;
      for (let k = 0; k < j; k += 1) {
        sum -= (lower[i * size + k] as number) * (lower[j * size + k] as number);
      }
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / (lower[j * size + j] as number);
    }
  }
  const x = b.slice();
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) {
      x[i] = (x[i] as number) - (lower[i * size + k] as number) * (x[k] as number);
    }
    x[i] = (x[i] as number) / (lower[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) {
      x[i] = (x[i] as number) - (lower[k * size + i] as number) * (x[k] as number);
    }
    x[i] = (x[i] as number) / (lower[i * size + i] as number);
  }
  return x;
};
