import * as S from 'fp-ts/lib/string.js';
import { type EpochDay, isoDay } from '../../day.js';

/** `refuse`: nothing is sealed. `report`: the market itself may be the cause, so it is recorded. */
export type Severity = 'refuse' | 'report';

/** Every rule, with the outcome of a violation. */
export const RULES = {
  'open-bar': 'refuse',
  'duplicate-day': 'refuse',
  'unsorted-day': 'refuse',
  'non-finite': 'refuse',
  'non-positive-price': 'refuse',
  'high-below-low': 'refuse',
  'negative-volume': 'refuse',
  gap: 'report',
  'zero-volume': 'report',
  'big-move': 'report',
  'move-without-volume': 'report',
  'missing-from-exchange': 'report',
  'not-trading': 'report',
  halted: 'report',
  'no-bars': 'report',
  'listed-later': 'report',
  renamed: 'report',
  'shorter-history': 'report',
} as const satisfies Readonly<Record<string, Severity>>;

export type QualityRule = keyof typeof RULES;

/** One finding of the gate. */
export interface Finding {
  readonly symbol: string;
  /** The day it is about, of a stretch the first one; null if it is about the whole symbol. */
  readonly date: string | null;
  readonly rule: QualityRule;
  readonly severity: Severity;
  /** The observed values, by name. A finding that refuses has `field`, `expected` and `got`. */
  readonly values: Readonly<Record<string, number | string>>;
}

export const finding = (
  symbol: string,
  date: string | null,
  rule: QualityRule,
  values: Finding['values'],
): Finding => ({ symbol, date, rule, severity: RULES[rule], values });

// The range of ECMAScript's Date; a faulty source can return any number.
const LAST_DAY = 1e8;

/** The day as text, for any number that a source returns. */
export const dayText = (day: EpochDay): string =>
  Math.abs(day) <= LAST_DAY ? isoDay(day) : `day ${day}`;

/** By symbol, date (none first), rule and values: a total order. */
export const bySymbolAndDay = (a: Finding, b: Finding): number =>
  S.Ord.compare(a.symbol, b.symbol) ||
  S.Ord.compare(a.date ?? '', b.date ?? '') ||
  S.Ord.compare(a.rule, b.rule) ||
  S.Ord.compare(JSON.stringify(a.values), JSON.stringify(b.values));
