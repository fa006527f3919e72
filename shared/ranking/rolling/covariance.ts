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
    pairedX[i] = both ? (x[i] as number) : Number.NaN;
    pairedY[i] = both ? (y[i] as number) : Number.NaN;
    products[i] = (pairedX[i] as number) * (pairedY[i] as number);
  }
  const meanX = rollingMean(pairedX, window, minPeriods);
  const meanY = rollingMean(pairedY, window, minPeriods);
  const meanProduct = rollingMean(products, window, minPeriods);
  let pairs = 0;
  for (let i = 0; i < size; i += 1) {
    if (i >= window && !Number.isNaN(products[i - window])) pairs -= 1;
    if (!Number.isNaN(products[i])) pairs += 1;
    const cross = (meanProduct[i] as number) - (meanX[i] as number) * (meanY[i] as number);
    covariance[i] = pairs < 2 ? Number.NaN : cross * (pairs / (pairs - 1));
  }
  const correlation = rollingVariance(pairedX, window, minPeriods);
  const varianceY = rollingVariance(pairedY, window, minPeriods);
  for (let i = 0; i < size; i += 1) {
    const scale = Math.sqrt((correlation[i] as number) * (varianceY[i] as number));
    correlation[i] = scale === 0 ? Number.NaN : (covariance[i] as number) / scale;
  }
  return { covariance, correlation };
};
