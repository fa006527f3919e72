import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { decode } from '../../shared/codec/decode.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { isSameJson } from '../../shared/codec/hash.js';
import { PositiveInteger } from '../../shared/codec/primitives.js';
import { locationsOf } from '../../shared/config.js';
import { FirestoreDocument, firestoreDocument } from '../../shared/contract/firestore-document.js';
import type { Release } from '../../shared/contract/release.js';
import { summaryPath } from '../../shared/document-paths.js';
import { makeMessage } from '../../shared/messages/envelope.js';
import { publicationIdentity } from '../../shared/messages/live-pool-published.js';
import type { ReleasePromoted } from '../../shared/messages/release-promoted.js';
import type { DocumentData } from '../../shared/ports/document-store.js';
import { readEntry } from '../../shared/promotion/read-ledger.js';
import { summarySequence } from '../../shared/releases/published-sequence.js';
import { manifestReference } from '../../shared/releases/read-referenced-object.js';
import { readPromoted } from '../../shared/releases/read-release.js';
import type { Environment, Step, StepResult } from '../environment.js';
import { releaseAge } from '../release-age.js';

const Sequenced = t.exact(t.partial({ promotion_seq: PositiveInteger }), 'summary document');

/** Rejects an invalid sequence: read as 0, it would let this promotion replace a later one. */
const verifiedSequence = (stored: O.Option<DocumentData>): E.Either<Failure, number> =>
  O.isNone(stored) ? E.right(0) : pipe(decode(Sequenced)(stored.value), E.map(summarySequence));

/**
 * Replaces the summary document unless it shows this promotion or a later one. A document with this
 * sequence but other content was changed by hand and is repaired.
 */
const replaceDocument = (
  { documents, config }: Environment,
  document: FirestoreDocument,
): TE.TaskEither<Failure, Exclude<StepResult['outcome'], 'dry_run'>> => {
  const path = summaryPath(config);
  const data = FirestoreDocument.encode(document);
  return documents.transact((transaction) =>
    pipe(
      transaction.get(path),
      TE.bindTo('stored'),
      TE.bind('shown', ({ stored }) => TE.fromEither(verifiedSequence(stored))),
      TE.map(({ stored, shown }) => {
        if (shown > document.promotion_seq) return 'superseded';
        if (O.isSome(stored) && isSameJson(stored.value, data)) return 'already_done';
        transaction.set(path, data);
        return 'done';
      }),
    ),
  );
};

/**
 * Reads the release that the message names. The message must match the ledger entry of its sequence
 * and the manifest that the entry promoted.
 */
const promotedRelease = (
  { documents, objects, config }: Environment,
  { promotion_seq, version, manifest }: ReleasePromoted['payload'],
): TE.TaskEither<Failure, Release> => {
  const reject = (expected: string, got: string): Failure =>
    permanent('contract-invalid', `promotion ${promotion_seq}: expected ${expected}, got ${got}`);
  return pipe(
    readEntry(documents, promotion_seq),
    TE.filterOrElse(
      (entry) => entry.version === version,
      (entry) => reject(entry.version, version),
    ),
    TE.chain((entry) => readPromoted(objects, entry)),
    TE.chainEitherK((release) => {
      const promoted = manifestReference(config, release);
      if (manifest.uri !== promoted.uri) return E.left(reject(promoted.uri, manifest.uri));
      if (manifest.sha256 !== promoted.sha256)
        return E.left(reject(`a manifest with SHA-256 ${promoted.sha256}`, manifest.sha256));
      return E.right(release);
    }),
  );
};

/** Updates the summary document, then publishes the public event. */
export const syncFirestore: Step<ReleasePromoted> =
  ({ message }) =>
  (environment) => {
    const { config } = environment;
    const { version, mode, as_of_date, promotion_seq, intent, manifest, report } = message.payload;
    const locations = locationsOf(config);
    return pipe(
      promotedRelease(environment, message.payload),
      TE.map((release) => firestoreDocument(release, locations, promotion_seq)),
      TE.bindTo('document'),
      TE.bind('outcome', ({ document }) => replaceDocument(environment, document)),
      TE.map(({ document, outcome }): StepResult => {
        const fields = { outcome, run_id: message.run_id, version, promotion_seq };
        if (outcome === 'superseded')
          return { ...fields, reason: 'the document shows a later promotion' };
        return {
          ...fields,
          ...releaseAge(environment, as_of_date),
          outgoing: makeMessage(
            'live-pool-published',
            message,
            {
              mode,
              as_of_date,
              version,
              promotion_seq,
              intent,
              pool_size: document.pool_size,
              symbols: document.symbols,
              manifest,
              document: `${locations.collection}/${locations.document}`,
              ...(report === undefined ? {} : { report }),
            },
            publicationIdentity(promotion_seq),
          ),
        };
      }),
    );
  };
