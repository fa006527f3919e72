import { floatAt } from '../../typed-arrays.js';

/**
 * Trailing mean of the entries in `window` that are not NaN; NaN where fewer than `minPeriods`
 * are there. Writes to and returns `out` (same length as `values`).
 *
 * Kahan-compensated online sum, removal before addition, bit-equal to pandas 1.5 (METHOD §13).
 * A direct sum would be as accurate but break ties between rows, and trees react to broken ties.
 */
export const rollingMean = (
  values: Float64Array,
  window: number,
  minPeriods: number,
  out: Float64Array = new Float64Array(values.length),
): Float64Array => {
  let sum = 0;
  let removeCompensation = 0;
  let addCompensation = 0;
  let count = 0;
  let positives = 0;
  let negatives = 0;
  let latest = Number.NaN;
  let repeats = 0;
  for (let i = 0; i < values.length; i += 1) {
    const leaving = i >= window ? floatAt(values, i - window) : Number.NaN;
    if (!Number.isNaN(leaving)) {
      const y = -leaving - removeCompensation;
      const t = sum + y;
      removeCompensation = t - sum - y;
      sum = t;
      count -= 1;
      if (leaving > 0) positives -= 1;
      else if (leaving < 0) negatives -= 1;
    }
    const entering = floatAt(values, i);
    if (!Number.isNaN(entering)) {
      const y = entering - addCompensation;
      const t = sum + y;
      addCompensation = t - sum - y;
      sum = t;
      count += 1;
      if (entering > 0) positives += 1;
      else if (entering < 0) negatives += 1;
      repeats = entering === latest ? repeats + 1 : 1;
      latest = entering;
    }
    if (count === 0 || count < minPeriods) {
      out[i] = Number.NaN;
    } else if (repeats >= count) {
      out[i] = latest;
    } else {
      const mean = sum / count;
      // Rounding must not give a mean a sign that no value in its window has.
      out[i] = (negatives === 0 && mean < 0) || (positives === 0 && mean > 0) ? 0 : mean;
    }
  }
  return out;
};
