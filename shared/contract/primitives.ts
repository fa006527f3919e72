import * as t from 'io-ts';
import { parseIsoDay } from '../day.js';

interface AsOfDateBrand {
  readonly AsOfDate: unique symbol;
}
/** `YYYY-MM-DD`, a day that exists: the UTC day whose close the decision is based on. */
export const AsOfDate = t.brand(
  t.string,
  (text): text is t.Branded<string, AsOfDateBrand> => !Number.isNaN(parseIsoDay(text)),
  'AsOfDate',
);
export type AsOfDate = t.TypeOf<typeof AsOfDate>;

interface ModeBrand {
  readonly Mode: unique symbol;
}
/** The name of a universe mode, e.g. `core_major`; part of every version, so a safe path segment. */
export const Mode = t.brand(
  t.string,
  (text): text is t.Branded<string, ModeBrand> => /^[a-z][a-z0-9_]{0,39}$/.test(text),
  'Mode',
);
export type Mode = t.TypeOf<typeof Mode>;

interface VersionBrand {
  readonly Version: unique symbol;
}
/** `<as_of_date>-<mode>`, the name of a release. */
export const Version = t.brand(
  t.string,
  (text): text is t.Branded<string, VersionBrand> =>
    AsOfDate.is(text.slice(0, 10)) && text[10] === '-' && Mode.is(text.slice(11)),
  'Version',
);
export type Version = t.TypeOf<typeof Version>;

interface SymbolUsdtBrand {
  readonly SymbolUsdt: unique symbol;
}
/** An upper-case Binance Spot pair quoted in USDT, e.g. `TRXUSDT`. */
export const SymbolUsdt = t.brand(
  t.string,
  (text): text is t.Branded<string, SymbolUsdtBrand> => /^[A-Z0-9]{1,20}USDT$/.test(text),
  'SymbolUsdt',
);
export type SymbolUsdt = t.TypeOf<typeof SymbolUsdt>;

interface Sha256Brand {
  readonly Sha256: unique symbol;
}
/** 64 lower-case hexadecimal digits. */
export const Sha256 = t.brand(
  t.string,
  (text): text is t.Branded<string, Sha256Brand> => /^[0-9a-f]{64}$/.test(text),
  'Sha256',
);
export type Sha256 = t.TypeOf<typeof Sha256>;

interface TimestampBrand {
  readonly Timestamp: unique symbol;
}
/** An instant in UTC, whole seconds: `2026-03-13T13:00:00+00:00`. */
export const Timestamp = t.brand(
  t.string,
  (text): text is t.Branded<string, TimestampBrand> =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00$/.test(text) &&
    !Number.isNaN(parseIsoDay(text.slice(0, 10))) &&
    !Number.isNaN(Date.parse(text)),
  'Timestamp',
);
export type Timestamp = t.TypeOf<typeof Timestamp>;

interface RevisionBrand {
  readonly Revision: unique symbol;
}
/** The producer's commit: 40 lower-case hexadecimal digits. */
export const Revision = t.brand(
  t.string,
  (text): text is t.Branded<string, RevisionBrand> => /^[0-9a-f]{40}$/.test(text),
  'Revision',
);
export type Revision = t.TypeOf<typeof Revision>;

/** A count or sequence number: an integer of at least 1. */
interface PositiveIntegerBrand {
  readonly PositiveInteger: unique symbol;
}
export const PositiveInteger = t.brand(
  t.number,
  (value): value is t.Branded<number, PositiveIntegerBrand> =>
    Number.isSafeInteger(value) && value >= 1,
  'PositiveInteger',
);
export type PositiveInteger = t.TypeOf<typeof PositiveInteger>;

/** A number that JSON can carry: neither NaN nor infinite. */
interface FiniteBrand {
  readonly Finite: unique symbol;
}
export const Finite = t.brand(
  t.number,
  (value): value is t.Branded<number, FiniteBrand> => Number.isFinite(value),
  'Finite',
);
export type Finite = t.TypeOf<typeof Finite>;

export const versionOf = (asOfDate: AsOfDate, mode: Mode): Version =>
  // The concatenation of its two parts is what Version means; both are already proven.
  `${asOfDate}-${mode}` as Version;

export const timestampOf = (instant: Date): Timestamp =>
  `${instant.toISOString().slice(0, 19)}+00:00` as Timestamp;
