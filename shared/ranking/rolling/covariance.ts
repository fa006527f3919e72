import { floatAt } from '../../typed-arrays.js';
import { rollingMean } from './mean.js';
import { rollingVariance } from './variance.js';

export interface RollingComoments {
  readonly covariance: Float64Array;
  readonly correlation: Float64Array;
}

/**
 * Trailing sample covariance (ddof 1) and correlation of pairs over `window` entries; an entry
 * counts where both values are there. NaN where fewer than `minPeriods` (and at least 2) pairs
 * are; the correlation also where a variance is 0.
 *
 * (mean(xy) − mean(x)·mean(y))·n/(n − 1) from the online means, as in METHOD §13: cancellation
 * leaves noise of about 1e-14, the same noise as the reference's up to the last bits.
 */
export const rollingComoments = (
  x: Float64Array,
  y: Float64Array,
  window: number,
  minPeriods: number,
): RollingComoments => {
  const size = x.length;
  const pairedX = new Float64Array(size);
  const pairedY = new Float64Array(size);
  const products = new Float64Array(size);
  const covariance = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const both = !Number.isNaN(x[i]) && !Number.isNaN(y[i]);
    pairedX[i] = both ? floatAt(x, i) : Number.NaN;
    pairedY[i] = both ? floatAt(y, i) : Number.NaN;
    products[i] = floatAt(pairedX, i) * floatAt(pairedY, i);
  }
  const meanX = rollingMean(pairedX, window, minPeriods);
  const meanY = rollingMean(pairedY, window, minPeriods);
  const meanProduct = rollingMean(products, window, minPeriods);
  let pairs = 0;
  for (let i = 0; i < size; i += 1) {
    if (i >= window && !Number.isNaN(products[i - window])) pairs -= 1;
    if (!Number.isNaN(products[i])) pairs += 1;
    const cross = floatAt(meanProduct, i) - floatAt(meanX, i) * floatAt(meanY, i);
    covariance[i] = pairs < 2 ? Number.NaN : cross * (pairs / (pairs - 1));
  }
  const correlation = rollingVariance(pairedX, window, minPeriods);
  const varianceY = rollingVariance(pairedY, window, minPeriods);
  for (let i = 0; i < size; i += 1) {
    const scale = Math.sqrt(floatAt(correlation, i) * floatAt(varianceY, i));
    correlation[i] = scale === 0 ? Number.NaN : floatAt(covariance, i) / scale;
  }
  return { covariance, correlation };
};
