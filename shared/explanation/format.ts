/** A final score. Six digits distinguish any two ranks of a universe. */
export const scoreText = (value: number | null): string =>
  value === null ? 'missing' : value.toFixed(6);

const SCALES = [
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const;

/** An amount in the quote asset: 8.42m. */
const amountText = (value: number): string => {
  const scale = SCALES.find(([unit]) => Math.abs(value) >= unit);
  return scale === undefined ? value.toFixed(2) : `${(value / scale[0]).toFixed(2)}${scale[1]}`;
};

/** Descriptions of the measures in the universe's rules. */
const MEASURE_NAMES: ReadonlyMap<string, string> = new Map([
  ['age_days', 'days of history'],
  ['avg_quote_vol_30', 'mean daily volume over 30 days'],
  ['avg_quote_vol_90', 'mean daily volume over 90 days'],
  ['avg_quote_vol_180', 'mean daily volume over 180 days'],
  ['liquidity_stability', 'liquidity stability'],
  ['tradable_ratio_180', 'share of tradable days among the last 180'],
  ['liquidity_days_90', 'liquid days among the last 90'],
  ['liquidity_days_180', 'liquid days among the last 180'],
]);

export const measureName = (measure: string): string => MEASURE_NAMES.get(measure) ?? measure;

/** A measured value, or a difference of two, in the unit of its measure. */
export const measureText = (measure: string, value: number | null): string => {
  if (value === null) return 'missing';
  if (measure.startsWith('avg_quote_vol')) return `${amountText(value)} USDT`;
  return Number.isInteger(value) && !/stability|ratio/.test(measure)
    ? String(value)
    : value.toFixed(4);
};

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "one place", "two places", "23 places". */
export const pluralise = (count: number, one: string, many = `${one}s`): string =>
  `${SMALL[count] ?? count} ${count === 1 ? one : many}`;

/** "A", "A and B", "A, B and C". */
export const joinList = (names: readonly string[]): string =>
  names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.slice(-1).join('')}`;
