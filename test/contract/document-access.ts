import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type {
  DocumentData,
  DocumentPath,
  DocumentStore,
} from '../../shared/ports/document-store.js';
import { done } from './store-under-test.js';

export const at = (document: string, collection = 'things'): DocumentPath => ({
  collection,
  document,
});

/** A document store in the words of its tests. */
export const documentAccess = (store: () => DocumentStore) => {
  const create = (path: DocumentPath, data: DocumentData) => done(store().create(path, data));
  const transact: DocumentStore['transact'] = (body) => store().transact(body);
  const set = (path: DocumentPath, data: DocumentData) =>
    done(transact((transaction) => TE.fromIO(() => transaction.set(path, data))));
  const dataOf = async (path: DocumentPath): Promise<DocumentData | undefined> =>
    O.toUndefined(await done(store().get(path)));
  const list = (collection: string) => done(store().list(collection));

  return { create, transact, set, dataOf, list };
};
