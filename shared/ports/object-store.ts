import type { Option } from 'fp-ts/lib/Option.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';

/**
 * A number that increases with every write of an object. 0 means "absent", as in the
 * `ifGenerationMatch` of Google Cloud Storage.
 */
export type Generation = number;

export interface ObjectInfo {
  readonly key: string;
  readonly generation: Generation;
  readonly size: number;
  /** Text fields that are stored with the object and replaced with it. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StoredObject extends ObjectInfo {
  readonly bytes: Uint8Array;
}

export interface WriteOptions {
  /** Write only if the object has this generation (0: only if it is absent). */
  readonly ifGenerationMatch: Generation;
  readonly contentType: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** `precondition_failed` is not a failure: another writer wrote first. */
export type WriteResult =
  | { readonly outcome: 'written'; readonly generation: Generation }
  | { readonly outcome: 'precondition_failed' };

/**
 * Objects under one root prefix of one bucket. Keys are relative to the root, `/`-separated. Reads
 * are consistent with earlier writes, and a write is atomic. A failing store is a transient
 * failure; a key that the store cannot represent is a permanent conflict.
 */
export interface ObjectStore {
  readonly read: (key: string) => TaskEither<Failure, Option<StoredObject>>;
  readonly head: (key: string) => TaskEither<Failure, Option<ObjectInfo>>;
  readonly write: (
    key: string,
    bytes: Uint8Array,
    options: WriteOptions,
  ) => TaskEither<Failure, WriteResult>;
  /** The objects whose key starts with `prefix`, ascending by key. */
  readonly list: (prefix: string) => TaskEither<Failure, readonly ObjectInfo[]>;
}
