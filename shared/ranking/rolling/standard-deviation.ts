import { floatAt } from '../../typed-arrays.js';
import { rollingVariance } from './variance.js';

/** The square root of {@link rollingVariance}, times `scale` (e.g. √365 to annualise). */
export const rollingStandardDeviation = (
  values: Float64Array,
  window: number,
  minPeriods: number,
  scale = 1,
  out: Float64Array = new Float64Array(values.length),
): Float64Array => {
  rollingVariance(values, window, minPeriods, out);
  for (let i = 0; i < out.length; i += 1) out[i] = Math.sqrt(floatAt(out, i)) * scale;
  return out;
};
