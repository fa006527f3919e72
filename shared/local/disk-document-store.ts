import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as t from 'io-ts';
import { decodeJson } from '../codec/decode.js';
import { type Failure, FailureError } from '../codec/failure.js';
import type { DocumentData, DocumentPath, DocumentStore } from '../ports/document-store.js';
import { tryTask } from '../try-task.js';
import { folderOfKey, keyOfPath, pathOfKey } from './file-names.js';
import { isCode, readIfPresent, replaceFile } from './files.js';
import { mutex } from './mutex.js';

const Document = t.record(t.string, t.unknown, 'document');
const Journal = t.array(
  t.strict({ collection: t.string, document: t.string, data: Document }),
  'journal',
);
type Write = t.TypeOf<typeof Journal>[number];

const SUFFIX = '.json';
const JOURNAL = '.journal.json';

const name = ({ collection, document }: DocumentPath): string => `${collection}/${document}`;

const orThrow = <A>(result: E.Either<Failure, A>): A => {
  if (E.isLeft(result)) throw new FailureError(result.left);
  return result.right;
};

/** Only a manual edit can corrupt such a file, so the failure names it for the operator. */
const corruptFile =
  (file: string) =>
  (failure: Failure): Failure => ({
    ...failure,
    code: 'contract-invalid',
    message: `${failure.message}. Move ${file} elsewhere and check: live-pool status`,
  });

/** The files of a folder, read and written with its journal applied or overlaid. */
const documentFiles = (folder: string) => {
  const journalPath = join(folder, JOURNAL);
  const collectionPath = (collection: string): string => join(folder, folderOfKey(collection));
  const filePath = ({ collection, document }: DocumentPath): string =>
    join(collectionPath(collection), `${pathOfKey(document)}${SUFFIX}`);

  const readJournal = async (): Promise<readonly Write[]> => {
    const text = await readIfPresent(journalPath);
    return text === undefined ? [] : orThrow(decodeJson(Journal)(text.toString('utf8')));
  };

  const applyJournal = async (): Promise<void> => {
    const writes = await readJournal();
    if (writes.length === 0) return;
    for (const write of writes)
      await replaceFile(filePath(write), `${JSON.stringify(write.data, null, 2)}\n`);
    await unlink(journalPath);
  };

  const commit = async (writes: readonly Write[]): Promise<void> => {
    if (writes.length === 0) return;
    await replaceFile(journalPath, JSON.stringify(writes));
    await applyJournal();
  };

  const readDocument = async (
    path: DocumentPath,
    journal: readonly Write[] = [],
  ): Promise<DocumentData | undefined> => {
    const pending = journal.find((write) => filePath(write) === filePath(path));
    if (pending !== undefined) return pending.data;
    const text = await readIfPresent(filePath(path));
    return (
      text &&
      orThrow(
        E.mapLeft(corruptFile(filePath(path)))(
          decodeJson(Document, name(path))(text.toString('utf8')),
        ),
      )
    );
  };

  const namesIn = async (collection: string): Promise<readonly string[]> => {
    const files = await readdir(collectionPath(collection)).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return [];
      throw error;
    });
    return files
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => keyOfPath(file.slice(0, -SUFFIX.length)));
  };

  const listDocuments = async (collection: string) => {
    const journal = await readJournal();
    const journalled = journal.filter((write) => write.collection === collection);
    const names = new Set([
      ...(await namesIn(collection)),
      ...journalled.map(({ document }) => document),
    ]);
    const found: { document: string; data: DocumentData }[] = [];
    for (const document of [...names].sort()) {
      const data = await readDocument({ collection, document }, journal);
      if (data !== undefined) found.push({ document, data });
    }
    return found;
  };

  return { filePath, readJournal, applyJournal, commit, readDocument, listDocuments };
};

/**
 * Documents as readable files `<folder>/<collection>/<document>.json`. A transaction commits by
 * atomically writing a journal of all its writes. Once the journal exists, the transaction is
 * committed: writers apply it to the files first; readers only overlay it, because its writer may
 * still be running. Only one process at a time may write, which the state folder's lock ensures.
 */
export const diskDocumentStore = (folder: string): DocumentStore => {
  const exclusive = mutex();
  const { filePath, readJournal, applyJournal, commit, readDocument, listDocuments } =
    documentFiles(folder);

  /** Runs a task that may write: exclusively, and after applying all committed writes. */
  const writing = <A>(task: () => Promise<A>): Promise<A> =>
    exclusive(async () => {
      await applyJournal();
      return task();
    });

  return {
    get: (path) =>
      tryTask(`read document ${name(path)}`, () =>
        exclusive(async () => O.fromNullable(await readDocument(path, await readJournal()))),
      ),
    create: (path, data) =>
      tryTask(`create document ${name(path)}`, () =>
        writing(async () => {
          if ((await readDocument(path)) !== undefined) return 'exists';
          await commit([{ ...path, data }]);
          return 'created';
        }),
      ),
    list: (collection) =>
      tryTask(`list documents of ${collection}`, () => exclusive(() => listDocuments(collection))),
    transact: (body) =>
      tryTask('run a transaction', () =>
        writing(async () => {
          const writes = new Map<string, Write>();
          const result = orThrow(
            await body({
              // Not `exclusive`: this transaction already holds the mutex.
              get: (path) =>
                tryTask(`read document ${name(path)}`, async () =>
                  O.fromNullable(await readDocument(path)),
                ),
              set: (path, data) => {
                // A copy, so that later changes to `data` are not written.
                writes.set(filePath(path), { ...path, data: structuredClone(data) });
              },
            })(),
          );
          await commit([...writes.values()]);
          return result;
        }),
      ),
  };
};
