import { isoDay } from '../day.js';
import { epochDay } from '../units.js';
import { type BarSeries, dayOfBar } from './bars.js';

/** Rules for every bar of every source. An invalid bar is rejected, never repaired. */
type BarRule =
  | 'non-finite'
  | 'non-positive-price'
  | 'negative-volume'
  | 'high-below-low'
  | 'duplicate-day'
  | 'unsorted-day';

export interface BarFinding {
  readonly rule: BarRule;
  /** Position of the bar in its series. */
  readonly index: number;
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

interface ValueRule {
  readonly rule: BarRule;
  readonly expected: string;
}
const FINITE: ValueRule = { rule: 'non-finite', expected: 'a finite number' };
const ABOVE_ZERO: ValueRule = { rule: 'non-positive-price', expected: 'a price above 0' };
const NOT_NEGATIVE: ValueRule = { rule: 'negative-volume', expected: 'at least 0' };

// Prices are divisors in returns and ratios: a zero would silently become a missing value.
const invalidPrice = (value: number): ValueRule | undefined =>
  !Number.isFinite(value) ? FINITE : value <= 0 ? ABOVE_ZERO : undefined;

const invalidAmount = (value: number): ValueRule | undefined =>
  !Number.isFinite(value) ? FINITE : value < 0 ? NOT_NEGATIVE : undefined;

const VALUES = [
  { field: 'open', column: (series: BarSeries) => series.open, broken: invalidPrice },
  { field: 'high', column: (series: BarSeries) => series.high, broken: invalidPrice },
  { field: 'low', column: (series: BarSeries) => series.low, broken: invalidPrice },
  { field: 'close', column: (series: BarSeries) => series.close, broken: invalidPrice },
  { field: 'volume', column: (series: BarSeries) => series.volume, broken: invalidAmount },
  {
    field: 'quote_volume',
    column: (series: BarSeries) => series.quoteVolume,
    broken: invalidAmount,
  },
] as const;

/**
 * The problems of the bar at `index`; its day is compared with the previous bar.
 * Open and close outside [low, high] are accepted: the method does not depend on them.
 */
export const checkBar = (series: BarSeries, index: number): readonly BarFinding[] => {
  const findings: BarFinding[] = [];
  for (const { field, column, broken } of VALUES) {
    const value = column(series)[index] ?? Number.NaN;
    const rule = broken(value);
    if (rule !== undefined) findings.push({ ...rule, index, field, got: `${value}` });
  }

  const high = series.high[index] ?? Number.NaN;
  const low = series.low[index] ?? Number.NaN;
  if (high < low) {
    const expected = `at least low (${low})`;
    findings.push({ rule: 'high-below-low', index, field: 'high', expected, got: `${high}` });
  }

  const day = dayOfBar(series, index) ?? epochDay(Number.NaN);
  const previous = index === 0 ? undefined : dayOfBar(series, index - 1);
  if (previous !== undefined && day <= previous) {
    const rule = day === previous ? 'duplicate-day' : 'unsorted-day';
    const expected = `a day after ${isoDay(previous)}`;
    findings.push({ rule, index, field: 'date', expected, got: isoDay(day) });
  }
  return findings;
};

/** The problems of all bars of a series, in the order of its rows. */
export const invalidBars = (series: BarSeries): readonly BarFinding[] => {
  const findings: BarFinding[] = [];
  for (let index = 0; index < series.day.length; index += 1) {
    findings.push(...checkBar(series, index));
  }
  return findings;
};
