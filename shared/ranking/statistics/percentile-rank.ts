import { floatAt, intAt } from '../../typed-arrays.js';

/**
 * The percentile rank of each value among the values other than NaN: average rank (1 = smallest,
 * ties share their mean) over their number, so in (0, 1] and 1 for a single value; NaN for NaN.
 * Ties are exact equality (METHOD §6).
 */
export const percentileRank = (
  values: Float64Array,
  out: Float64Array = new Float64Array(values.length),
): Float64Array => {
  const order = ascending(values);
  const count = order.length;
  out.fill(Number.NaN);
  for (let first = 0; first < count; ) {
    const value = floatAt(values, intAt(order, first));
    let next = first + 1;
    while (next < count && values[intAt(order, next)] === value) next += 1;
    const rank = (first + 1 + next) / 2;
    for (let k = first; k < next; k += 1) out[intAt(order, k)] = rank / count;
    first = next;
  }
  return out;
};

/** Positions of the values that are not NaN, ascending by value, ties by position. */
export const ascending = (values: Float64Array): Int32Array => {
  const order = new Int32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) continue;
    order[count] = i;
    count += 1;
  }
  return order.subarray(0, count).sort((a, b) => floatAt(values, a) - floatAt(values, b) || a - b);
};
