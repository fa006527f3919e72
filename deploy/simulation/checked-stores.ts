import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { PipelineConfig } from '../../shared/config.js';
import { memoryDocumentStore } from '../../shared/local/memory-document-store.js';
import { memoryObjectStore } from '../../shared/local/memory-object-store.js';
import type {
  DocumentData,
  DocumentPath,
  DocumentStore,
} from '../../shared/ports/document-store.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { commitViolations } from './document-invariants.js';
import { pathText } from './faulty-ports.js';
import { writeViolations } from './object-invariants.js';
import { type ObjectState, objectState, type StoreContents } from './store-contents.js';

export interface CheckedStores {
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly contents: StoreContents;
}

/** Stores in memory that check every write against the invariants when it happens. */
export const checkedStores = (
  config: PipelineConfig,
  report: (violation: string) => void,
): CheckedStores => {
  const plainObjects = memoryObjectStore();
  const plainDocuments = memoryDocumentStore();
  const seen = new Map<string, ObjectState>();
  let documentsByPath = new Map<string, DocumentData>();
  const contents = (): StoreContents => ({ objects: seen, documents: documentsByPath });
  const recordCommit = (writes: readonly (readonly [DocumentPath, DocumentData])[]): void => {
    const before = contents();
    documentsByPath = new Map(documentsByPath);
    for (const [path, data] of writes) documentsByPath.set(pathText(path), data);
    commitViolations(before, contents(), config).forEach(report);
  };
  return {
    get contents() {
      return contents();
    },
    objects: {
      ...plainObjects,
      write: (key, bytes, options) =>
        pipe(
          plainObjects.write(key, bytes, options),
          TE.map((result) => {
            if (result.outcome === 'written') {
              const written = objectState(new Uint8Array(bytes), options.metadata);
              writeViolations(contents(), key, written).forEach(report);
              seen.set(key, written);
            }
            return result;
          }),
        ),
    },
    documents: {
      ...plainDocuments,
      create: (path, data) =>
        pipe(
          plainDocuments.create(path, data),
          TE.map((result) => {
            if (result === 'created') recordCommit([[path, data]]);
            return result;
          }),
        ),
      transact: (body) => async () => {
        let writes: (readonly [DocumentPath, DocumentData])[] = [];
        const result = await plainDocuments.transact((transaction) => {
          writes = [];
          return body({
            get: transaction.get,
            set: (path, data) => {
              writes.push([path, data]);
              transaction.set(path, data);
            },
          });
        })();
        if (E.isRight(result) && writes.length > 0) recordCommit(writes);
        return result;
      },
    },
  };
};
