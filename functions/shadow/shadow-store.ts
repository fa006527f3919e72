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

// Not exported: nobody else can make a store that passes for one of these.
const scope: unique symbol = Symbol('below shadow/');

/**
 * The part of the bucket below one prefix of `shadow/`; keys are relative to it. There is no way
 * from here to a release or to what readers see.
 */
export interface ShadowStore {
  readonly [scope]: string;
  readonly read: (key: string) => TE.TaskEither<Failure, Option<StoredObject>>;
  readonly writeOnce: (key: string, bytes: Uint8Array) => TE.TaskEither<Failure, WriteOnceResult>;
  /** Only if the object's generation is still this one; 0: only if it is absent. */
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
 * Windows are named by everything that they were computed from, so all runs share them, dry ones
 * too, as they share the exchange's bars.
 */
export const windowStore = (objects: ObjectStore): ShadowStore =>
  scopedStore(objects, SHADOW_WINDOWS);

/** Where a run keeps its history. */
export const historyStore = (
  objects: ObjectStore,
  run: Parameters<typeof scratchPrefix>[0],
): ShadowStore => scopedStore(objects, `${scratchPrefix(run)}${SHADOW}`);
