import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { canonicalJson, sha256 } from '../codec/hash.js';
import { AsOfDate, Mode, SymbolUsdt, versionOf } from '../codec/primitives.js';
import { dayOf, endOfPreviousMonth, isoDay } from '../day.js';
import { envelope, type RunId } from './envelope.js';
import { runFields } from './run-fields.js';

/**
 * The bare body that Cloud Scheduler or an operator sends; `{}` requests the ordinary month.
 * Operators type it by hand, so an unknown key is rejected: `dryRun` for `dry_run` must not start a
 * real run.
 */
export const RunRequest = exactObject(
  'RunRequest',
  {},
  {
    mode: Mode,
    /** Absent: the last day of the month before the message was published. */
    as_of_date: AsOfDate,
    dry_run: t.boolean,
    allow_stale: t.boolean,
    /** Absent: the pool of the newest earlier promoted release; empty: no previous pool. */
    previous_pool: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
  },
);
export type RunRequest = t.TypeOf<typeof RunRequest>;

/**
 * The request with its defaults resolved, as archived, so that a replay does not depend on its day.
 * `previous_pool: null` means the pool of the newest earlier promoted release.
 */
export const MonthlyRunRequested = envelope('monthly-run-requested', {
  ...runFields,
  previous_pool: t.union(
    [t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'), t.null],
    'array of SymbolUsdt or null',
  ),
});
export type MonthlyRunRequested = t.TypeOf<typeof MonthlyRunRequested>;
export type ResolvedRequest = MonthlyRunRequested['payload'];

/**
 * Resolves a bare request. The period follows from the publish time, not from the time of the run.
 */
export const resolveRequest = (
  request: RunRequest,
  publishedAt: Date,
  defaultMode: Mode,
): ResolvedRequest => {
  // isoDay always returns a valid date.
  const asOfDate =
    request.as_of_date ?? (isoDay(endOfPreviousMonth(dayOf(publishedAt))) as AsOfDate);
  const mode = request.mode ?? defaultMode;
  return {
    mode,
    as_of_date: asOfDate,
    version: versionOf(asOfDate, mode),
    dry_run: request.dry_run ?? false,
    allow_stale: request.allow_stale ?? false,
    previous_pool: request.previous_pool ?? null,
  };
};

/** The same request always gives the same run id, regardless of the message that carries it. */
export const runIdOf = (request: ResolvedRequest): RunId =>
  `${request.version}-${sha256(canonicalJson(request)).slice(0, 12)}` as RunId;
