import type { Option } from 'fp-ts/lib/Option.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';

/** `<collection>/<document>`. */
export interface DocumentPath {
  readonly collection: string;
  readonly document: string;
}

/** A document's fields; JSON values only. */
export type DocumentData = Readonly<Record<string, unknown>>;

export interface Transaction {
  /** What the document holds as of this transaction. Reads come before writes. */
  readonly get: (path: DocumentPath) => TaskEither<Failure, Option<DocumentData>>;
  /** Replaces the whole document when the transaction commits. */
  readonly set: (path: DocumentPath, data: DocumentData) => void;
}

/** Small documents with transactions across them. Store failures are transient. */
export interface DocumentStore {
  readonly get: (path: DocumentPath) => TaskEither<Failure, Option<DocumentData>>;
  /** Creates the document, or says that it exists: exactly one of any number of racers creates. */
  readonly create: (
    path: DocumentPath,
    data: DocumentData,
  ) => TaskEither<Failure, 'created' | 'exists'>;
  /** The documents of a collection, ascending by name. */
  readonly list: (
    collection: string,
  ) => TaskEither<Failure, readonly { readonly document: string; readonly data: DocumentData }[]>;
  /**
   * Runs `body` so that its reads and writes are one atomic step; nothing is written when it
   * fails. `body` may run more than once and must have no other effect.
   */
  readonly transact: <A>(
    body: (transaction: Transaction) => TaskEither<Failure, A>,
  ) => TaskEither<Failure, A>;
}
