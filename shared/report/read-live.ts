import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { AsOfDate, Mode } from '../codec/primitives.js';
import { daysLeftOf } from '../config.js';
import { dayOf, isoDay, parseIsoDay } from '../day.js';
import { type LedgerEntry, verifyChain } from '../promotion/ledger.js';
import { readLedger, readPromotionState } from '../promotion/read-ledger.js';
import { restatementDay } from '../promotion/restatement-day.js';
import type { PromotionState } from '../promotion/state.js';
import { allDrift, type DriftInputs, findDrift } from '../releases/drift.js';
import { listReleases, type ReleaseSummary } from '../releases/list-releases.js';
import { readVerified } from '../releases/read-release.js';
import type { LivePart, RollbackTarget } from './model.js';

type Head = PromotionState['head'];

/** An unreadable release at the head must be reported; it must not prevent the report. */
const deviationsOf = (
  stores: DriftInputs,
  head: Head,
  ledger: readonly LedgerEntry[],
): TE.TaskEither<Failure, readonly string[]> => {
  if (head === null) return TE.right([]);
  return pipe(
    readVerified(stores.objects, ledger, head.version),
    TE.chain((release) => findDrift(stores, head, release)),
    TE.map(allDrift),
    TE.map((found) => [...found, ...verifyChain(ledger, head)]),
    TE.orElse((failure) =>
      failure.kind === 'permanent' ? TE.right([failure.message]) : TE.left(failure),
    ),
  );
};

/**
 * A release that a rollback or restatement replaced is unwanted, so it is excluded. So is a release
 * with the current pool, as after a restatement: rolling back to it would change nothing.
 */
const targetOf = (
  promoted: readonly ReleaseSummary[],
  { head, revoked }: PromotionState,
  { config }: DriftInputs,
  now: Date,
): RollbackTarget | undefined => {
  const pool = promoted.find(({ version }) => version === head?.version)?.symbols.join();
  const found = promoted.findLast(
    ({ version, symbols }) =>
      head !== null &&
      version < head.version &&
      !revoked.includes(version) &&
      symbols.join() !== pool,
  );
  return (
    found && {
      version: found.version,
      // A version begins with its date.
      isStale: daysLeftOf(config, found.asOfDate as AsOfDate, now) === 0,
    }
  );
};

const restateAs = (now: Date, frontier: PromotionState['frontier']): string | undefined => {
  const day = frontier === null ? undefined : restatementDay(dayOf(now), parseIsoDay(frontier));
  return day === undefined ? undefined : isoDay(day);
};

export interface LiveReportRequest extends Pick<LivePart, 'place' | 'shadowBuild' | 'shadow'> {
  readonly now: Date;
  readonly mode: Mode;
}

/** Reads the live part of a mode's report: readers, ledger, releases. */
export const readLive = (
  stores: DriftInputs,
  { now, mode, ...given }: LiveReportRequest,
): TE.TaskEither<Failure, LivePart> =>
  pipe(
    TE.Do,
    TE.bind('state', () => readPromotionState(stores.documents)),
    TE.bind('ledger', () => readLedger(stores.documents)),
    TE.bind('releases', () => listReleases(stores.objects)),
    TE.bind('deviations', ({ state, ledger }) => deviationsOf(stores, state.head, ledger)),
    TE.map(({ state, ledger, releases, deviations }): LivePart => {
      const { head } = state;
      const entered = new Set<string>(ledger.map(({ version }) => version));
      const promoted = releases.filter(
        ({ version, complete }) => complete && entered.has(version) && version.slice(11) === mode,
      );
      return {
        asked: now.toISOString(),
        maxAgeDays: stores.config.maxAgeDays,
        head,
        deviations,
        ledger,
        releases: promoted,
        restateAs: restateAs(now, state.frontier),
        rollbackTo: targetOf(promoted, state, stores, now),
        ...given,
      };
    }),
  );
