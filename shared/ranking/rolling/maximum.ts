import { floatAt, intAt } from '../../typed-arrays.js';

/**
 * Trailing maximum of the entries in `window` that are not NaN; NaN where fewer than
 * `minPeriods` are there. Writes to and returns `out` (same length as `values`).
 *
 * Monotone queue: it holds the positions of falling values, so its head is the maximum and every
 * position enters and leaves once, O(n) for any window.
 */
export const rollingMaximum = (
  values: Float64Array,
  window: number,
  minPeriods: number,
  out: Float64Array = new Float64Array(values.length),
): Float64Array => {
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (i >= window) {
      if (!Number.isNaN(values[i - window])) count -= 1;
      if (head < tail && queue[head] === i - window) head += 1;
    }
    const entering = floatAt(values, i);
    if (!Number.isNaN(entering)) {
      count += 1;
      while (head < tail && floatAt(values, intAt(queue, tail - 1)) <= entering) tail -= 1;
      queue[tail] = i;
      tail += 1;
    }
    out[i] = count === 0 || count < minPeriods ? Number.NaN : floatAt(values, intAt(queue, head));
  }
  return out;
};
