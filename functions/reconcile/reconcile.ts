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

/** The archived message that caused the promotion. */
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

/** State newer than the ledger cannot be repaired: an operator must decide which is right. */
const rejectLostState = (
  head: PromotionState['head'],
  publishedSeq: number,
): E.Either<Failure, void> => {
  const lostReason = lostStateReason(head, publishedSeq);
  return lostReason === undefined
    ? E.right(undefined)
    : E.left(
        permanent(
          'conflict',
          `Nothing was changed: ${lostReason}. See deploy/gcp/RUNBOOK.md before the next run`,
        ),
      );
};

/** Repairs what readers see to match the head of the ledger. */
const repairTo = (environment: Environment, head: Head): TE.TaskEither<Failure, StepResult> =>
  pipe(
    TE.Do,
    TE.bind('entry', () => readEntry(environment.documents, head.seq)),
    TE.bind('release', ({ entry }) => readPromoted(environment.objects, entry)),
    TE.bind('drift', ({ release }) => findDrift(environment, head, release)),
    TE.bind('origin', ({ entry }) => originatingMessage(environment, entry)),
    TE.chainFirst(({ release, drift }) =>
      drift.current.length === 0
        ? TE.right(undefined)
        : copyToCurrent(environment.objects, head, release.files),
    ),
    TE.map(({ entry, origin, drift }): StepResult => {
      const changed = allDrift(drift);
      const notifyReaders = drift.document.length + drift.event.length > 0;
      return {
        outcome: changed.length === 0 ? 'already_done' : 'done',
        run_id: origin.run_id,
        version: head.version,
        traceparent: traceparentOf(origin),
        changed,
        ...(notifyReaders ? { outgoing: releasePromotedMessage(origin, entry) } : {}),
      };
    }),
  );

/**
 * Repairs what readers see to match the head of the ledger. This step copies `current/`. If the
 * document or the event has drifted, it publishes `release-promoted` again, and `sync-firestore`
 * repairs them. Every log line, of success or failure, has the release age: it is the only daily
 * record of it.
 */
export const reconcile: Step<ReconcileRequested> = () => (environment) =>
  pipe(
    TE.Do,
    TE.bind('publishedSeq', () => publishedSequence(environment)),
    TE.bind('state', () => readPromotionState(environment.documents)),
    TE.bind('view', ({ state }) => readerView(environment, state.head)),
    TE.chain(({ publishedSeq, state: { head }, view }) =>
      pipe(
        rejectLostState(head, publishedSeq),
        TE.fromEither,
        TE.chain(() => (head === null ? TE.right(NOTHING_PROMOTED) : repairTo(environment, head))),
        TE.bimap(
          (failure): Failure => ({
            ...failure,
            context: { version: head?.version, ...failure.context, ...view },
          }),
          (result): StepResult => ({ ...result, ...view }),
        ),
      ),
    ),
  );
