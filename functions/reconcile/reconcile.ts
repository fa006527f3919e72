import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../../shared/codec/bytes.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { traceparentOf } from '../../shared/messages/control-attributes.js';
import type { ReconcileRequested } from '../../shared/messages/reconcile-requested.js';
import { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import { eventKey } from '../../shared/object-keys.js';
import type { LedgerEntry } from '../../shared/promotion/ledger.js';
import { readEntry, readPromotionState } from '../../shared/promotion/read-ledger.js';
import { releasePromotedMessage } from '../../shared/promotion/release-promoted-message.js';
import type { PromotionState } from '../../shared/promotion/state.js';
import { copyToCurrent } from '../../shared/releases/current.js';
import { allDrift, findDrift } from '../../shared/releases/drift.js';
import { lostStateReason, publishedSequence } from '../../shared/releases/published-sequence.js';
import { readOptional } from '../../shared/releases/read-referenced-object.js';
import { readPromoted } from '../../shared/releases/read-release.js';
import type { Environment, Step, StepResult } from '../environment.js';
import { readerView } from './reader-view.js';

type Head = NonNullable<PromotionState['head']>;

const NOTHING_PROMOTED: StepResult = {
  outcome: 'superseded',
  run_id: '',
  version: '',
  reason: 'nothing has been promoted yet',
};

/** The message that brought the promotion about, as it was archived before it was published. */
const originatingMessage = (
  { objects }: Environment,
  { event_id, seq }: LedgerEntry,
): TE.TaskEither<Failure, ReleaseMaterialised> => {
  const key = eventKey('release-materialised', event_id);
  return pipe(
    readOptional(objects, key),
    TE.chainEitherK((bytes) =>
      bytes === undefined
        ? E.left(
            permanent('contract-invalid', `${key}: the message of promotion ${seq} is missing`),
          )
        : readJson(ReleaseMaterialised, key)(bytes),
    ),
  );
};

/** What is newer than the ledger cannot be brought to it; only a person can tell which is right. */
const rejectLostState = (
  head: PromotionState['head'],
  readers: number,
): E.Either<Failure, void> => {
  const loss = lostStateReason(head, readers);
  return loss === undefined
    ? E.right(undefined)
    : E.left(
        permanent(
          'conflict',
          `Nothing was changed: ${loss}. See deploy/gcp/RUNBOOK.md before the next run`,
        ),
      );
};

/** Brings what readers see to the head of the ledger. */
const repairTo = (environment: Environment, head: Head): TE.TaskEither<Failure, StepResult> =>
  pipe(
    TE.Do,
    TE.bind('entry', () => readEntry(environment.documents, head.seq)),
    TE.bind('release', ({ entry }) => readPromoted(environment.objects, entry)),
    TE.bind('found', ({ release }) => findDrift(environment, head, release)),
    TE.bind('cause', ({ entry }) => originatingMessage(environment, entry)),
    TE.chainFirst(({ release, found }) =>
      found.current.length === 0
        ? TE.right(undefined)
        : copyToCurrent(environment.objects, head, release.files),
    ),
    TE.map(({ entry, cause, found }): StepResult => {
      const changed = allDrift(found);
      const told = found.document.length + found.event.length > 0;
      return {
        outcome: changed.length === 0 ? 'already_done' : 'done',
        run_id: cause.run_id,
        version: head.version,
        traceparent: traceparentOf(cause),
        changed,
        ...(told ? { outgoing: releasePromotedMessage(cause, entry) } : {}),
      };
    }),
  );

/**
 * Brings what readers see to the head of the ledger. `current/` is copied here; the document and
 * the event are `sync-firestore`'s, which is told of the promotion again if they deviate. However
 * it ends, its line says how old the release is that readers have: nobody else says it daily.
 */
export const reconcile: Step<ReconcileRequested> = () => (environment) =>
  pipe(
    TE.Do,
    TE.bind('readers', () => publishedSequence(environment)),
    TE.bind('state', () => readPromotionState(environment.documents)),
    TE.bind('seen', ({ state }) => readerView(environment, state.head)),
    TE.chain(({ readers, state: { head }, seen }) =>
      pipe(
        rejectLostState(head, readers),
        TE.fromEither,
        TE.chain(() => (head === null ? TE.right(NOTHING_PROMOTED) : repairTo(environment, head))),
        TE.bimap(
          (failure): Failure => ({
            ...failure,
            context: { version: head?.version, ...failure.context, ...seen },
          }),
          (result): StepResult => ({ ...result, ...seen }),
        ),
      ),
    ),
  );
