import type { Option } from 'fp-ts/lib/Option.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';

/**
 * A number that changes with every write of an object and only grows. 0 stands for "absent", as in
 * Google Cloud Storage's `ifGenerationMatch`.
 */
export type Generation = number;

export interface ObjectInfo {
  readonly key: string;
  readonly generation: Generation;
  readonly size: number;
  /** Text facts stored with the object and replaced with it. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StoredObject extends ObjectInfo {
  readonly bytes: Uint8Array;
}

export interface WriteOptions {
  /** The write happens only if the object's generation is this one (0: only if it is absent). */
  readonly ifGenerationMatch: Generation;
  readonly contentType: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** `precondition_failed` is an answer, not a failure: somebody else wrote first. */
export type WriteResult =
  | { readonly outcome: 'written'; readonly generation: Generation }
  | { readonly outcome: 'precondition_failed' };

/**
 * Objects under one root prefix of one bucket. Keys are relative to the root, `/`-separated. Reads
 * after a write see it. A write is all or nothing. A store that fails is transient; a key that it
 * cannot hold is a permanent conflict.
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
