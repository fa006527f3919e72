import { floatAt } from '../../typed-arrays.js';

/**
 * Trailing sample variance (ddof 1) of the entries in `window` that are not NaN; NaN where
 * fewer than `minPeriods` (and at least 2) are there; exactly 0 where all are equal. Writes to and
 * returns `out` (same length as `values`).
 *
 * Welford's online update with Kahan-compensated mean, bit-equal to pandas 1.5 (METHOD §13).
 */
export const rollingVariance = (
  values: Float64Array,
  window: number,
  minPeriods: number,
  out: Float64Array = new Float64Array(values.length),
): Float64Array => {
  let mean = 0;
  let squares = 0;
  let removeCompensation = 0;
  let addCompensation = 0;
  let count = 0;
  let latest = Number.NaN;
  let repeats = 0;
  for (let i = 0; i < values.length; i += 1) {
    const leaving = i >= window ? floatAt(values, i - window) : Number.NaN;
    if (!Number.isNaN(leaving)) {
      count -= 1;
      if (count > 0) {
        const previous = mean - removeCompensation;
        const y = leaving - removeCompensation;
        const t = y - mean;
        removeCompensation = t + mean - y;
        mean -= t / count;
        squares -= (leaving - previous) * (leaving - mean);
      } else {
        mean = 0;
        squares = 0;
      }
    }
    const entering = floatAt(values, i);
    if (!Number.isNaN(entering)) {
      count += 1;
      const previous = mean - addCompensation;
      const y = entering - addCompensation;
      const t = y - mean;
      addCompensation = t + mean - y;
      mean += t / count;
      squares += (entering - previous) * (entering - mean);
      repeats = entering === latest ? repeats + 1 : 1;
      latest = entering;
    }
    if (count < 2 || count < minPeriods) out[i] = Number.NaN;
    else out[i] = repeats >= count ? 0 : Math.max(0, squares / (count - 1));
  }
  return out;
};
