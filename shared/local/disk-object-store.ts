import { mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { decodeJson } from '../contract/decode.js';
import { FailureError, unavailable } from '../failure.js';
import type { ObjectInfo, ObjectStore } from '../ports/object-store.js';
import { keyOfPath, pathOfKey } from './file-names.js';
import { isCode, readIfPresent, replaceFile, writeDurably } from './files.js';
import { mutex } from './mutex.js';

const Record = t.strict(
  {
    generation: t.number,
    size: t.number,
    metadata: t.record(t.string, t.string),
  },
  'object record',
);

const RECORD_SUFFIX = '.json';

/**
 * Objects as plain files below `contentFolder`, under their own names, with generation and
 * metadata beside them below `recordFolder`.
 *
 * A write first lays the new content down as a part file, then replaces the record: that is the
 * commit. Then the part takes the object's name. Whoever finds a part that belongs to the record
 * finishes the move, so a process killed at any moment leaves the old object or the new one. One
 * process at a time may write (the state folder's lock sees to that).
 */
export const diskObjectStore = (contentFolder: string, recordFolder: string): ObjectStore => {
  const exclusive = mutex();
  const contentPath = (key: string): string => join(contentFolder, pathOfKey(key));
  const recordPath = (key: string): string =>
    join(recordFolder, `${pathOfKey(key)}${RECORD_SUFFIX}`);
  const partPath = (key: string, generation: number): string =>
    join(recordFolder, `${pathOfKey(key)}.${generation}.part`);

  const movePart = async (key: string, generation: number): Promise<void> => {
    await mkdir(dirname(contentPath(key)), { recursive: true });
    await rename(partPath(key, generation), contentPath(key)).catch((error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
    });
  };

  const readRecord = async (key: string): Promise<ObjectInfo | undefined> => {
    const text = await readIfPresent(recordPath(key));
    if (text === undefined) return undefined;
    const record = decodeJson(Record, `record of object ${key}`)(text.toString('utf8'));
    if (E.isLeft(record)) throw new FailureError(record.left);
    await movePart(key, record.right.generation);
    return { key, ...record.right };
  };

  const attempt = <A>(action: string, task: () => Promise<A>) =>
    TE.tryCatch(
      () => exclusive(task),
      (cause) => (cause instanceof FailureError ? cause.failure : unavailable(action)(cause)),
    );

  const keys = async (folder: string): Promise<readonly string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
      (error: unknown) => {
        if (isCode(error, 'ENOENT')) return [];
        throw error;
      },
    );
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(RECORD_SUFFIX))
      .map((entry) =>
        keyOfPath(
          join(entry.parentPath, entry.name)
            .slice(recordFolder.length + 1, -RECORD_SUFFIX.length)
            .replaceAll('\\', '/'),
        ),
      );
  };

  return {
    head: (key) =>
      attempt(`look at object ${key}`, async () => O.fromNullable(await readRecord(key))),
    read: (key) =>
      attempt(`read object ${key}`, async () => {
        const record = await readRecord(key);
        const bytes = record && (await readIfPresent(contentPath(key)));
        if (record === undefined) return O.none;
        if (bytes === undefined) throw new Error('its file has been removed by hand');
        return O.some({ ...record, size: bytes.length, bytes });
      }),
    write: (key, bytes, options) =>
      attempt(`write object ${key}`, async () => {
        const present = (await readRecord(key))?.generation ?? 0;
        if (present !== options.ifGenerationMatch)
          return { outcome: 'precondition_failed' as const };
        const generation = present + 1;
        await writeDurably(partPath(key, generation), bytes);
        const record = { generation, size: bytes.length, metadata: { ...options.metadata } };
        await replaceFile(recordPath(key), `${JSON.stringify(record, null, 2)}\n`);
        await movePart(key, generation);
        return { outcome: 'written' as const, generation };
      }),
    list: (prefix) =>
      attempt(`list objects under ${prefix}`, async () => {
        const found: ObjectInfo[] = [];
        for (const key of [...(await keys(recordFolder))].sort()) {
          if (!key.startsWith(prefix)) continue;
          const record = await readRecord(key);
          if (record !== undefined) found.push(record);
        }
        return found;
      }),
  };
};
