import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { DocumentData, DocumentPath, DocumentStore } from '../ports/document-store.js';
import { tryTask } from '../try-task.js';
import { mutex } from './mutex.js';

const pathText = ({ collection, document }: DocumentPath): string => `${collection}/${document}`;

/** Documents in memory. Transactions are serialised. */
export const memoryDocumentStore = (): DocumentStore => {
  // Stored as JSON text, so that callers cannot change a document through a reference.
  const documents = new Map<string, string>();
  const exclusive = mutex();
  const get = (path: DocumentPath): O.Option<DocumentData> =>
    O.map((text: string): DocumentData => JSON.parse(text))(
      O.fromNullable(documents.get(pathText(path))),
    );
  return {
    get: (path) => TE.fromIO(() => get(path)),
    create: (path, data) =>
      tryTask('create a document', () =>
        exclusive(async () => {
          if (documents.has(pathText(path))) return 'exists';
          documents.set(pathText(path), JSON.stringify(data));
          return 'created';
        }),
      ),
    list: (collection) =>
      TE.fromIO(() =>
        [...documents]
          .filter(([path]) => path.slice(0, path.lastIndexOf('/')) === collection)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([path, text]) => ({
            document: path.slice(collection.length + 1),
            data: JSON.parse(text),
          })),
      ),
    transact: (body) =>
      TE.flatten(
        tryTask('run a transaction', () =>
          exclusive(async () => {
            const writes = new Map<string, string>();
            const result = await body({
              get: (path) => TE.fromIO(() => get(path)),
              set: (path, data) => {
                writes.set(pathText(path), JSON.stringify(data));
              },
            })();
            if (E.isRight(result)) for (const [path, text] of writes) documents.set(path, text);
            return TE.fromEither(result);
          }),
        ),
      ),
  };
};
