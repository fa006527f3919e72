import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { decodeJson } from '../contract/decode.js';
import { FailureError, unavailable } from '../failure.js';
import type { DocumentData, DocumentPath, DocumentStore } from '../ports/document-store.js';
import { keyOfPath, pathOfKey } from './file-names.js';
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

/**
 * Documents as readable files `<folder>/<collection>/<document>.json`. A transaction commits by
 * laying down a journal of all its writes in one step; whoever finds a journal applies it first.
 * One process at a time may write (the state folder's lock sees to that).
 */
export const diskDocumentStore = (folder: string): DocumentStore => {
  const exclusive = mutex();
  const journalPath = join(folder, JOURNAL);
  const filePath = ({ collection, document }: DocumentPath): string =>
    join(folder, pathOfKey(collection), `${pathOfKey(document)}${SUFFIX}`);

  const applyJournal = async (): Promise<void> => {
    const text = await readIfPresent(journalPath);
    if (text === undefined) return;
    const journal = decodeJson(Journal)(text.toString('utf8'));
    if (E.isLeft(journal)) throw new FailureError(journal.left);
    for (const write of journal.right)
      await replaceFile(filePath(write), `${JSON.stringify(write.data, null, 2)}\n`);
    await unlink(journalPath);
  };

  const commit = async (writes: readonly Write[]): Promise<void> => {
    if (writes.length === 0) return;
    await replaceFile(journalPath, JSON.stringify(writes));
    await applyJournal();
  };

  const readDocument = async (path: DocumentPath): Promise<DocumentData | undefined> => {
    const text = await readIfPresent(filePath(path));
    if (text === undefined) return undefined;
    const document = decodeJson(
      Document,
      `${path.collection}/${path.document}`,
    )(text.toString('utf8'));
    if (E.isLeft(document)) throw new FailureError(document.left);
    return document.right;
  };

  const attempt = <A>(action: string, task: () => Promise<A>) =>
    TE.tryCatch(
      () =>
        exclusive(async () => {
          await applyJournal();
          return task();
        }),
      (cause) => (cause instanceof FailureError ? cause.failure : unavailable(action)(cause)),
    );
  const name = ({ collection, document }: DocumentPath): string =>
    `document ${collection}/${document}`;

  return {
    get: (path) =>
      attempt(`read ${name(path)}`, async () => O.fromNullable(await readDocument(path))),
    create: (path, data) =>
      attempt(`create ${name(path)}`, async () => {
        if ((await readDocument(path)) !== undefined) return 'exists' as const;
        await commit([{ ...path, data: { ...data } }]);
        return 'created' as const;
      }),
    list: (collection) =>
      attempt(`list documents of ${collection}`, async () => {
        const files = await readdir(join(folder, pathOfKey(collection))).catch((error: unknown) => {
          if (isCode(error, 'ENOENT')) return [];
          throw error;
        });
        const found: { document: string; data: DocumentData }[] = [];
        const names = files
          .filter((file) => file.endsWith(SUFFIX))
          .map((file) => keyOfPath(file.slice(0, -SUFFIX.length)));
        for (const document of names.sort()) {
          const data = await readDocument({ collection, document });
          if (data !== undefined) found.push({ document, data });
        }
        return found;
      }),
    transact: (body) =>
      TE.flatten(
        attempt('run a transaction', async () => {
          const writes = new Map<string, Write>();
          const result = await body({
            // Not `attempt`: this transaction holds the lock already.
            get: (path) =>
              TE.tryCatch(
                async () => O.fromNullable(await readDocument(path)),
                unavailable(`read ${name(path)}`),
              ),
            set: (path, data) => {
              writes.set(filePath(path), { ...path, data: { ...data } });
            },
          })();
          if (E.isRight(result)) await commit([...writes.values()]);
          return TE.fromEither(result);
        }),
      ),
  };
};
