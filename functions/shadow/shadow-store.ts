import { pipe } from 'fp-ts/lib/function.js';
import type { Option } from 'fp-ts/lib/Option.js';
import type * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import { SHADOW, SHADOW_WINDOWS, scratchPrefix } from '../../shared/object-keys.js';
import type {
  Generation,
  ObjectStore,
  StoredObject,
  WriteResult,
} from '../../shared/ports/object-store.js';
import {
  CONTENT_TYPES,
  contentTypeOf,
  type WriteOnceResult,
  writeOnce,
} from '../../shared/ports/write-once.js';

// Not exported, so that only this module can create a ShadowStore.
const scope: unique symbol = Symbol('below shadow/');

/**
 * The part of the bucket below one prefix of `shadow/`; keys are relative to it. It gives no access
 * to releases or to anything that readers see.
 */
export interface ShadowStore {
  readonly [scope]: string;
  readonly read: (key: string) => TE.TaskEither<Failure, Option<StoredObject>>;
  readonly writeOnce: (key: string, bytes: Uint8Array) => TE.TaskEither<Failure, WriteOnceResult>;
  /** Replaces the object only if its generation matches; 0 requires that it is absent. */
  readonly replace: (
    key: string,
    bytes: Uint8Array,
    generation: Generation,
  ) => TE.TaskEither<Failure, WriteResult>;
}

const typeOf = (key: string): string =>
  /\.(json|csv)$/.test(key) ? contentTypeOf(key) : CONTENT_TYPES.binary;

const scopedStore = (objects: ObjectStore, prefix: string): ShadowStore => ({
  [scope]: prefix,
  read: (key) => objects.read(`${prefix}${key}`),
  writeOnce: (key, bytes) => writeOnce(objects, `${prefix}${key}`, bytes, typeOf(key)),
  replace: (key, bytes, ifGenerationMatch) =>
    pipe({ ifGenerationMatch, contentType: typeOf(key) }, (options) =>
      objects.write(`${prefix}${key}`, bytes, options),
    ),
});

/**
 * The key of a window is a hash of its inputs, so all runs share the windows, dry runs included, as
 * they share the stored bars.
 */
export const windowStore = (objects: ObjectStore): ShadowStore =>
  scopedStore(objects, SHADOW_WINDOWS);

/** The store for the history of a run. */
export const historyStore = (
  objects: ObjectStore,
  run: Parameters<typeof scratchPrefix>[0],
): ShadowStore => scopedStore(objects, `${scratchPrefix(run)}${SHADOW}`);
