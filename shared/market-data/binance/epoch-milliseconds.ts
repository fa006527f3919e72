// As milliseconds this is the year 5138, as microseconds 1973: no time of a bar is in doubt.
const FIRST_MICROSECOND = 1e14;

/**
 * A time of Binance in milliseconds since 1970: its archives count microseconds from 2025 on, its
 * REST API milliseconds. NaN if the value is not a whole number of either.
 */
export const epochMilliseconds = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return Number.NaN;
  return value < FIRST_MICROSECOND ? value : Math.floor(value / 1000);
};
