import type * as t from 'io-ts';
import { refinedInteger, refinedNumber, refinedText } from './refined.js';

// Exactly the days of the Gregorian calendar. A schema can express this only as a pattern.
const DAY =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))' +
  '|(?:\\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29';
const MODE = '[a-z][a-z0-9_]{0,39}';

/** `YYYY-MM-DD`, a day that exists: the UTC day whose close the decision is based on. */
export const AsOfDate = refinedText('AsOfDate', DAY, 'a day that exists, as YYYY-MM-DD');
export type AsOfDate = t.TypeOf<typeof AsOfDate>;

/**
 * The name of a universe mode, e.g. `core_major`; part of every version, so a safe path segment.
 */
export const Mode = refinedText('Mode', MODE, 'lower-case letters, digits and _, e.g. core_major');
export type Mode = t.TypeOf<typeof Mode>;

/** `<as_of_date>-<mode>`, the name of a release. */
export const Version = refinedText('Version', `(?:${DAY})-${MODE}`, '<as_of_date>-<mode>');
export type Version = t.TypeOf<typeof Version>;

/**
 * An upper-case Binance Spot pair quoted in USDT, e.g. `TRXUSDT`. Letters without case are
 * admitted: Binance lists names in Chinese characters.
 */
export const SymbolUsdt = refinedText(
  'SymbolUsdt',
  '[\\p{Lu}\\p{Lo}\\p{Nd}]{1,20}USDT',
  'an upper-case symbol that ends in USDT',
);
export type SymbolUsdt = t.TypeOf<typeof SymbolUsdt>;

/** 64 lower-case hexadecimal digits. */
export const Sha256 = refinedText('Sha256', '[0-9a-f]{64}', '64 lower-case hexadecimal digits');
export type Sha256 = t.TypeOf<typeof Sha256>;

/** An instant in UTC, whole seconds: `2026-03-13T13:00:00+00:00`. */
export const Timestamp = refinedText(
  'Timestamp',
  `(?:${DAY})T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\+00:00`,
  'an instant as YYYY-MM-DDThh:mm:ss+00:00',
);
export type Timestamp = t.TypeOf<typeof Timestamp>;

/** Midnight UTC at which a day begins: `2026-03-13T00:00:00Z`. */
export const DayStart = refinedText(
  'DayStart',
  `(?:${DAY})T00:00:00Z`,
  'midnight UTC as YYYY-MM-DDT00:00:00Z',
);
export type DayStart = t.TypeOf<typeof DayStart>;

/** The producer's commit: 40 lower-case hexadecimal digits. */
export const Revision = refinedText(
  'Revision',
  '[0-9a-f]{40}',
  'a commit of 40 lower-case hexadecimal digits',
);
export type Revision = t.TypeOf<typeof Revision>;

/** Text with at least one visible character. */
export const Text = refinedText('Text', '[\\s\\S]*\\S[\\s\\S]*', 'text that is not blank');
export type Text = t.TypeOf<typeof Text>;

/** `gs://<bucket>/<object or prefix>`. */
export const GsUri = refinedText('GsUri', 'gs://[^/\\s]+/\\S+', 'gs://<bucket>/<object>');
export type GsUri = t.TypeOf<typeof GsUri>;

/** A count or sequence number: an integer of at least 1. */
export const PositiveInteger = refinedInteger('PositiveInteger', 1, 'a whole number of at least 1');
export type PositiveInteger = t.TypeOf<typeof PositiveInteger>;

/** A number that JSON can represent: neither NaN nor infinite. */
export const Finite = refinedNumber('Finite', 'a number that is neither NaN nor infinite');
export type Finite = t.TypeOf<typeof Finite>;

export const versionOf = (asOfDate: AsOfDate, mode: Mode): Version =>
  // A Version is the concatenation of its two parts, which are already validated.
  `${asOfDate}-${mode}` as Version;

export const timestampOf = (instant: Date): Timestamp =>
  `${instant.toISOString().slice(0, 19)}+00:00` as Timestamp;

export const dayStartOf = (asOfDate: AsOfDate): DayStart => `${asOfDate}T00:00:00Z` as DayStart;

/** The URI of an object, or of a prefix without its trailing slash, in a bucket. */
export const gsUriOf = (bucket: string, object: string): GsUri =>
  `gs://${bucket}/${object}` as GsUri;
