import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { canonicalJson, sha256 } from '../codec/hash.js';
import { AsOfDate, Mode, SymbolUsdt, versionOf } from '../codec/primitives.js';
import { dayOf, endOfPreviousMonth, isoDay } from '../day.js';
import { envelope, type RunId } from './envelope.js';
import { runFields } from './run-fields.js';

/**
 * The bare body that Cloud Scheduler or an operator sends; `{}` is the ordinary month. People type
 * it, so an unknown key is refused: `dryRun` for `dry_run` must not start a real run.
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
    /** Absent: that of the newest promoted release before; empty: none. */
    previous_pool: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
  },
);
export type RunRequest = t.TypeOf<typeof RunRequest>;

/**
 * The request with its defaults resolved, as it is archived: replaying it does not depend on the
 * day of the replay. `previous_pool: null` = that of the newest promoted release before.
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

/** Completes a bare request: the period comes from the schedule, never from when it happens to run. */
export const resolveRequest = (
  request: RunRequest,
  publishedAt: Date,
  defaultMode: Mode,
): ResolvedRequest => {
  // A day that isoDay has written is a date.
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

/** The same request always names the same run, whichever message brings it. */
export const runIdOf = (request: ResolvedRequest): RunId =>
  `${request.version}-${sha256(canonicalJson(request)).slice(0, 12)}` as RunId;
