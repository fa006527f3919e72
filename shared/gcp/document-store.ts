import type { DocumentReference, Firestore } from '@google-cloud/firestore';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import type * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError } from '../codec/failure.js';
import type { DocumentPath, DocumentStore } from '../ports/document-store.js';
import { tryTask } from '../try-task.js';
import { withTimeout } from '../with-timeout.js';
import { decodeDocumentId, encodeDocumentId } from './document-ids.js';
import { BOUNDS } from './timeouts.js';

const ALREADY_EXISTS = 6;

const pathText = ({ collection, document }: DocumentPath): string => `${collection}/${document}`;

/**
 * Documents of one Firestore database. Collection names are not encoded.
 *
 * `patience` is the timeout of one operation, including the client's retries. Without it, the
 * client reads from an unresponsive service for more than eight minutes. An operation that timed
 * out may still take effect, as after a lost response; the redelivered step reads the state again.
 */
export const firestoreDocumentStore = (
  firestore: Firestore,
  patience = BOUNDS.document,
): DocumentStore => {
  const patiently = <A>(action: string, work: () => Promise<A>): TE.TaskEither<Failure, A> =>
    tryTask(action, () => withTimeout(patience, work()));
  const referenceTo = ({ collection, document }: DocumentPath): DocumentReference =>
    firestore.collection(collection).doc(encodeDocumentId(document));

  return {
    get: (path) =>
      patiently(`read document ${pathText(path)}`, async () =>
        O.fromNullable((await referenceTo(path).get()).data()),
      ),
    create: (path, data) =>
      patiently(`create document ${pathText(path)}`, async () => {
        try {
          await referenceTo(path).create(data);
          return 'created';
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === ALREADY_EXISTS)
            return 'exists';
          throw error;
        }
      }),
    list: (collection) =>
      patiently(`list documents of ${collection}`, async () => {
        const { docs } = await firestore.collection(collection).get();
        return (
          docs
            .map((found) => ({ document: decodeDocumentId(found.id), data: found.data() }))
            // Firestore sorts by UTF-8 and by the encoded name.
            .sort((a, b) => (a.document < b.document ? -1 : 1))
        );
      }),
    transact: (body) =>
      patiently('run a transaction', () =>
        firestore.runTransaction(async (transaction) => {
          const broken: unknown[] = [];
          const result = await body({
            get: (path) =>
              tryTask(`read document ${pathText(path)}`, async () => {
                try {
                  return O.fromNullable((await transaction.get(referenceTo(path))).data());
                } catch (error) {
                  broken.push(error);
                  throw error;
                }
              }),
            set: (path, data) => {
              // A copy, because the client reads the data only when it commits.
              transaction.set(referenceTo(path), structuredClone(data));
            },
          })();
          // Rethrows the client's original error: the client detects contention by its code and
          // runs the body again.
          if (broken.length > 0) throw broken[0];
          if (E.isLeft(result)) throw new FailureError(result.left);
          return result.right;
        }),
      ),
  };
};
