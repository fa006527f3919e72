import { type EpochDay, isoDay } from '../day.js';

/** The placeholder for a missing number. */
const MISSING = '–';

/** The typographic minus sign. */
const withMinus = (text: string): string => text.replace('-', '−');

type Number = number | null | undefined;
const isKnown = (value: Number): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

export const decimal = (value: Number, digits = 3): string =>
  isKnown(value) ? withMinus(value.toFixed(digits)) : MISSING;

/** A price with five significant digits: coins cost between a millionth and a hundred thousand. */
export const price = (value: Number): string => {
  if (!isKnown(value) || value === 0) return decimal(value, 2);
  const exponent = value.toExponential().split('e')[1] ?? '0';
  return decimal(value, Math.min(20, Math.max(2, 4 - Math.trunc(parseFloat(exponent)))));
};

/** A share as percent. */
export const percent = (share: Number, digits = 0): string =>
  isKnown(share) ? `${withMinus((100 * share).toFixed(digits))}\u00a0%` : MISSING;

const signed = (value: number, text: string): string => (value > 0 ? `+${text}` : text);

export const signedPercent = (share: Number, digits = 1): string =>
  isKnown(share) ? signed(share, percent(share, digits)) : MISSING;

/** A difference of shares, in percentage points. */
export const percentagePoints = (share: Number, digits = 1): string =>
  isKnown(share) ? signed(share, withMinus((100 * share).toFixed(digits))) : MISSING;

/** Whole numbers with thin spaces between thousands; others as short as they are readable. */
export const amount = (value: number): string => {
  const size = Math.abs(value);
  const units = [
    [1e9, 'bn'],
    [1e6, 'm'],
  ] as const;
  const unit = units.find(([scale]) => size >= scale);
  if (unit !== undefined) return withMinus(`${(value / unit[0]).toFixed(1)} ${unit[1]}`);
  if (!Number.isInteger(value)) return withMinus(String(Number(value.toPrecision(4))));
  return withMinus(String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f'));
};

export const count = (size: number, one: string, many = `${one}s`): string =>
  `${amount(size)} ${size === 1 ? one : many}`;

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const partsOf = (iso: string): readonly [year: string, month: string, day: number] => [
  iso.slice(0, 4),
  MONTHS[Number(iso.slice(5, 7)) - 1] ?? '',
  Number(iso.slice(8, 10)),
];

/** 2026-03-13 → 13 Mar 2026. */
export const longDate = (iso: string): string => {
  const [year, month, day] = partsOf(iso);
  return `${day} ${month} ${year}`;
};

/** The month of a day: Mar 26. */
export const shortMonth = (day: EpochDay): string => {
  const [year, month] = partsOf(isoDay(day));
  return `${month} ${year.slice(2)}`;
};

/** rs_dispersion → Rs dispersion. */
export const humanise = (name: string): string => {
  const text = name.replaceAll(/[_-]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
