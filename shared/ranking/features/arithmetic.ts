import { floatAt } from '../../typed-arrays.js';

const DAYS_PER_YEAR = 365;
/** Daily to yearly volatility; crypto trades every day. */
export const ANNUAL = Math.sqrt(DAYS_PER_YEAR);

/** Nothing here is ever infinite: a division by zero is a missing value (METHOD §4.1). */
const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

/** values[t] / values[t − lag] − 1, NaN in the first `lag` rows. */
export const rateOfChange = (
  values: Float64Array,
  lag: number,
  out: Float64Array = new Float64Array(values.length),
): Float64Array => {
  out.fill(Number.NaN, 0, lag);
  for (let t = lag; t < values.length; t += 1) {
    out[t] = finite(floatAt(values, t) / floatAt(values, t - lag) - 1);
  }
  return out;
};

/** values / base − 1. */
export const relativeTo = (values: Float64Array, base: Float64Array, out: Float64Array): void => {
  for (let t = 0; t < values.length; t += 1) {
    out[t] = finite(floatAt(values, t) / floatAt(base, t) - 1);
  }
};

/** .5·x20 + .3·x60 + .2·x120, added in this order. */
export const horizonMix = (
  x20: Float64Array,
  x60: Float64Array,
  x120: Float64Array,
  out: Float64Array,
): void => {
  for (let t = 0; t < out.length; t += 1) {
    out[t] = 0.5 * floatAt(x20, t) + 0.3 * floatAt(x60, t) + 0.2 * floatAt(x120, t);
  }
};

/** numerator / denominator. */
export const quotient = (
  numerator: Float64Array,
  denominator: Float64Array,
  out: Float64Array,
): void => {
  for (let t = 0; t < out.length; t += 1) {
    out[t] = finite(floatAt(numerator, t) / floatAt(denominator, t));
  }
};
