import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { ObjectInfo, ObjectStore, StoredObject } from '../ports/object-store.js';

const info = ({ key, generation, size, metadata }: StoredObject): ObjectInfo => ({
  key,
  generation,
  size,
  metadata,
});

/** Objects in memory, with the preconditions of the port. */
export const memoryObjectStore = (): ObjectStore => {
  const objects = new Map<string, StoredObject>();
  return {
    read: (key) =>
      TE.fromIO(() => {
        const found = objects.get(key);
        // A copy, so that callers cannot change the stored bytes.
        return O.fromNullable(found && { ...found, bytes: new Uint8Array(found.bytes) });
      }),
    head: (key) => TE.fromIO(() => O.map(info)(O.fromNullable(objects.get(key)))),
    write: (key, bytes, options) =>
      TE.fromIO(() => {
        const present = objects.get(key)?.generation ?? 0;
        if (present !== options.ifGenerationMatch) return { outcome: 'precondition_failed' };
        const generation = present + 1;
        objects.set(key, {
          key,
          generation,
          size: bytes.length,
          metadata: { ...options.metadata },
          bytes: new Uint8Array(bytes),
        });
        return { outcome: 'written', generation };
      }),
    list: (prefix) =>
      TE.fromIO(() =>
        [...objects.values()]
          .filter(({ key }) => key.startsWith(prefix))
          .map(info)
          .sort((a, b) => (a.key < b.key ? -1 : 1)),
      ),
  };
};
