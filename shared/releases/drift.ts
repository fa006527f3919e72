import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { sequenceIn } from '../client/acceptance/payload.js';
import type { Failure } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import { locationsOf, type PipelineConfig } from '../config.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../contract/constants.js';
import { checkFirestoreDocument } from '../contract/gate/check-document.js';
import type { Release } from '../contract/release.js';
import { summaryPath } from '../document-paths.js';
import { eventIdOf } from '../messages/envelope.js';
import { publicationIdentity } from '../messages/live-pool-published.js';
import { currentKey, eventKey } from '../object-keys.js';
import type { DocumentStore } from '../ports/document-store.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { PromotionState } from '../promotion/state.js';
import { sequenceOf } from './current.js';

export interface DriftInputs {
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly config: PipelineConfig;
}

/** Differences between what readers see and the head of the ledger. */
export interface Drift {
  /** Keys of objects under `current/`. */
  readonly current: readonly string[];
  /** `<collection>/<document>`, if the summary document has drifted. */
  readonly document: readonly string[];
  /** `live-pool-published`, if the head's event was never archived. */
  readonly event: readonly string[];
}

export const allDrift = ({ current, document, event }: Drift): readonly string[] => [
  ...current,
  ...document,
  ...event,
];

type LedgerHead = NonNullable<PromotionState['head']>;

const currentDrift = (
  { objects }: DriftInputs,
  { seq }: LedgerHead,
  release: Release,
): TE.TaskEither<Failure, readonly string[]> =>
  pipe(
    ARTIFACTS,
    TE.traverseArray((name) => {
      const key = currentKey(ARTIFACT_FILE[name]);
      return pipe(
        objects.read(key),
        TE.map((stored) =>
          O.isSome(stored) &&
          sequenceOf(stored) === seq &&
          sha256(stored.value.bytes) === release.sha256[name]
            ? []
            : [key],
        ),
      );
    }),
    TE.map((found) => found.flat()),
  );

const documentDrift = (
  { documents, config }: DriftInputs,
  { seq }: LedgerHead,
  release: Release,
): TE.TaskEither<Failure, readonly string[]> => {
  const locations = locationsOf(config);
  return pipe(
    documents.get(summaryPath(config)),
    TE.map((stored) =>
      O.isSome(stored) &&
      sequenceIn(stored.value) === seq &&
      checkFirestoreDocument(stored.value, release, locations).length === 0
        ? []
        : [`${locations.collection}/${locations.document}`],
    ),
  );
};

const eventDrift = (
  { objects }: DriftInputs,
  { seq }: LedgerHead,
): TE.TaskEither<Failure, readonly string[]> => {
  const topic = 'live-pool-published';
  const key = eventKey(topic, eventIdOf(topic, publicationIdentity(seq)));
  return pipe(
    objects.head(key),
    TE.map((archived) => (O.isSome(archived) ? [] : [topic])),
  );
};

/** Compares `current/`, the summary document and the event with the head and its release. */
export const findDrift = (
  inputs: DriftInputs,
  head: LedgerHead,
  release: Release,
): TE.TaskEither<Failure, Drift> =>
  pipe(
    TE.Do,
    TE.apS('current', currentDrift(inputs, head, release)),
    TE.apS('document', documentDrift(inputs, head, release)),
    TE.apS('event', eventDrift(inputs, head)),
  );
