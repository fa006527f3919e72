import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import type { Failure } from '../../shared/codec/failure.js';
import type { DocumentData, DocumentPath } from '../../shared/ports/document-store.js';
import type { ObjectStore, StoredObject } from '../../shared/ports/object-store.js';

/** Stores layered on others: writes are readable, are recorded as changes, and are discarded. */
export interface Draft {
  readonly stores: Pick<Environment, 'objects' | 'documents'>;
  /** Every write that took effect: `new object …`, `changed object …`, `new document …`, … */
  readonly changes: readonly string[];
}

const pathText = ({ collection, document }: DocumentPath): string => `${collection}/${document}`;

/** A draft layer on stores that it never changes. `list` covers the underlying stores only. */
export const draftOn = ({ objects, documents }: Draft['stores']): Draft => {
  const changes: string[] = [];
  const written = new Map<string, StoredObject>();
  const set = new Map<string, DocumentData>();

  const get = (path: DocumentPath) => async () => {
    const data = set.get(pathText(path));
    return data === undefined ? documents.get(path)() : E.right(O.some(data));
  };
  const keep = (path: DocumentPath, data: DocumentData, isNew: boolean): void => {
    changes.push(`${isNew ? 'new' : 'changed'} document ${pathText(path)}`);
    set.set(pathText(path), data);
  };
  const found =
    <A>(key: string, below: TE.TaskEither<Failure, O.Option<A>>) =>
    async (): Promise<E.Either<Failure, O.Option<A | StoredObject>>> => {
      const object = written.get(key);
      return object === undefined ? below() : E.right(O.some(object));
    };
  const head: ObjectStore['head'] = (key) => found(key, objects.head(key));

  return {
    changes,
    stores: {
      objects: {
        ...objects,
        head,
        read: (key) => found(key, objects.read(key)),
        write: (key, bytes, { ifGenerationMatch, metadata = {} }) =>
          pipe(
            head(key),
            TE.map((present) => {
              const generation = O.isSome(present) ? present.value.generation : 0;
              if (generation !== ifGenerationMatch) return { outcome: 'precondition_failed' };
              changes.push(`${generation === 0 ? 'new' : 'changed'} object ${key}`);
              const next = generation + 1;
              written.set(key, { key, bytes, metadata, generation: next, size: bytes.length });
              return { outcome: 'written', generation: next };
            }),
          ),
      },
      documents: {
        ...documents,
        get,
        create: (path, data) =>
          pipe(
            get(path),
            TE.map((present) => {
              if (O.isSome(present)) return 'exists';
              keep(path, data, true);
              return 'created';
            }),
          ),
        transact: (body) => {
          const writes: (readonly [DocumentPath, DocumentData])[] = [];
          return pipe(
            body({ get, set: (path, data) => void writes.push([path, data]) }),
            TE.map((result) => {
              for (const [path, data] of writes) keep(path, data, false);
              return result;
            }),
          );
        },
      },
    },
  };
};
