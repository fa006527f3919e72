import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import { ARTIFACT_FILE } from '../../shared/contract/constants.js';
import { currentKey } from '../../shared/object-keys.js';
import type { ObjectInfo, ObjectStore } from '../../shared/ports/object-store.js';

/** The rules that make promotion safe, each as a mutation that removes it from the stores. */
export const MUTATIONS = [
  'no-generation-guard',
  'no-sequence-check',
  'manifest-not-last',
  'no-transaction',
] as const;
export type Mutation = (typeof MUTATIONS)[number];

const isCurrent = (key: string): boolean => key.startsWith(currentKey(''));

/** Overwrites `current/` even if the object has changed since the writer read it. */
const withoutGenerations = (objects: ObjectStore): ObjectStore => ({
  ...objects,
  write: (key, bytes, options) =>
    isCurrent(key)
      ? pipe(
          objects.head(key),
          TE.map(
            O.match(
              () => 0,
              ({ generation }) => generation,
            ),
          ),
          TE.chain((ifGenerationMatch) =>
            objects.write(key, bytes, { ...options, ifGenerationMatch }),
          ),
        )
      : objects.write(key, bytes, options),
});

/** Hides which promotion wrote an object of `current/`. */
const withoutSequences = (objects: ObjectStore): ObjectStore => {
  const withoutSequence = <A extends ObjectInfo>(found: O.Option<A>): O.Option<A> =>
    pipe(
      found,
      O.map((object) => {
        const { promotion_seq: _, ...metadata } = object.metadata;
        return isCurrent(object.key) ? { ...object, metadata } : object;
      }),
    );
  return {
    ...objects,
    head: (key) => pipe(objects.head(key), TE.map(withoutSequence)),
    read: (key) => pipe(objects.read(key), TE.map(withoutSequence)),
  };
};

/** Delays the payloads of `current/` until the manifest has been written. */
const manifestFirst = (objects: ObjectStore): ObjectStore => {
  let delayed: TE.TaskEither<Failure, unknown>[] = [];
  return {
    ...objects,
    write: (key, bytes, options) => {
      if (!isCurrent(key)) return objects.write(key, bytes, options);
      if (key !== currentKey(ARTIFACT_FILE.artifact_manifest))
        return TE.fromIO(() => {
          delayed.push(objects.write(key, bytes, options));
          return { outcome: 'written', generation: options.ifGenerationMatch + 1 };
        });
      return pipe(
        objects.write(key, bytes, options),
        TE.chainFirst(() => {
          const writes = delayed;
          delayed = [];
          return TE.sequenceSeqArray(writes);
        }),
      );
    },
  };
};

/** The object store under a mutation. Transactions are mutated in the faulty ports. */
export const applyMutation = (
  objects: ObjectStore,
  mutation: Mutation | undefined,
): ObjectStore => {
  switch (mutation) {
    case 'no-generation-guard':
      return withoutGenerations(objects);
    case 'no-sequence-check':
      return withoutSequences(objects);
    case 'manifest-not-last':
      return manifestFirst(objects);
    case 'no-transaction':
    case undefined:
      return objects;
  }
};
