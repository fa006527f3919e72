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
  /** Reads the document within the transaction. All reads must precede all writes. */
  readonly get: (path: DocumentPath) => TaskEither<Failure, Option<DocumentData>>;
  /** Replaces the whole document when the transaction commits. */
  readonly set: (path: DocumentPath, data: DocumentData) => void;
}

/** Small documents with transactions across them. Store failures are transient. */
export interface DocumentStore {
  readonly get: (path: DocumentPath) => TaskEither<Failure, Option<DocumentData>>;
  /** Creates the document unless it exists. Of concurrent callers, exactly one creates it. */
  readonly create: (
    path: DocumentPath,
    data: DocumentData,
  ) => TaskEither<Failure, 'created' | 'exists'>;
  /** The documents of a collection, ascending by name. */
  readonly list: (
    collection: string,
  ) => TaskEither<Failure, readonly { readonly document: string; readonly data: DocumentData }[]>;
  /**
   * Runs the reads and writes of `body` atomically; if it fails, nothing is written. `body` may run
   * more than once and must have no other effect.
   */
  readonly transact: <A>(
    body: (transaction: Transaction) => TaskEither<Failure, A>,
  ) => TaskEither<Failure, A>;
}
