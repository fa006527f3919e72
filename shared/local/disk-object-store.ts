import { access, mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as t from 'io-ts';
import { decodeJson } from '../codec/decode.js';
import { FailureError, permanent } from '../codec/failure.js';
import type { ObjectInfo, ObjectStore, StoredObject, WriteResult } from '../ports/object-store.js';
import { tryTask } from '../try-task.js';
import { folderOfKey, keyOfPath, pathOfKey } from './file-names.js';
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

/** The objects and their records as the files below the two folders show them. */
const objectFiles = (contentFolder: string, recordFolder: string) => {
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

  /** An object whose file was removed by hand counts as absent; its readers report it. */
  const readInfo = async (key: string): Promise<ObjectInfo | undefined> => {
    const record = await readRecord(key);
    if (record === undefined) return undefined;
    return access(contentPath(key)).then(
      () => record,
      (error: unknown) => {
        if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
        throw error;
      },
    );
  };

  const readObject = async (key: string): Promise<StoredObject | undefined> => {
    for (;;) {
      const record = await readRecord(key);
      if (record === undefined) return undefined;
      const bytes = await readIfPresent(contentPath(key));
      // Another process may have written in between, so that the record does not match the bytes.
      if ((await readRecord(key))?.generation !== record.generation) continue;
      return bytes && { ...record, size: bytes.length, bytes };
    }
  };

  /** The keys of the records below a folder, in no particular order. */
  const keysIn = async (folder: string): Promise<readonly string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
      (error: unknown) => {
        if (isCode(error, 'ENOENT')) return [];
        throw error;
      },
    );
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(RECORD_SUFFIX))
      .map((entry) => relative(recordFolder, join(entry.parentPath, entry.name)))
      .map((path) => keyOfPath(path.slice(0, -RECORD_SUFFIX.length).replaceAll(sep, '/')));
  };

  return { recordPath, partPath, movePart, readRecord, readInfo, readObject, keysIn };
};

/**
 * Objects as plain files below `contentFolder`, under their own names, with generation and
 * metadata beside them below `recordFolder`.
 *
 * A write first stores the new content as a part file, then replaces the record, which is the
 * commit, then renames the part to the object's name. Every reader and writer that finds a part
 * matching the record completes the rename, so a process killed at any moment leaves the old or the
 * new object. Only one process at a time may write, which the state folder's lock ensures; others
 * may read.
 *
 * The disk has two limits: no object can exist below the name of another (`a` and `a/b`; the second
 * is rejected with a permanent conflict), and on a case-insensitive file system, keys that differ
 * only in case are the same object.
 */
export const diskObjectStore = (contentFolder: string, recordFolder: string): ObjectStore => {
  const exclusive = mutex();
  const { recordPath, partPath, movePart, readRecord, readInfo, readObject, keysIn } = objectFiles(
    contentFolder,
    recordFolder,
  );

  /** Refuses a new key whose file would have to be a folder too, before anything is written. */
  const rejectInTheWay = async (key: string): Promise<void> => {
    const reject = (reason: string): never => {
      throw new FailureError(
        permanent('conflict', `Could not write object ${key}: on disk, ${reason}`),
      );
    };
    const segments = key.split('/');
    for (let depth = 1; depth < segments.length; depth++) {
      const above = segments.slice(0, depth).join('/');
      if ((await readInfo(above)) !== undefined)
        reject(`no object can lie below the object ${above}`);
    }
    const [below] = await keysIn(join(recordFolder, folderOfKey(key)));
    if (below !== undefined) reject(`it would stand in the way of the object ${below}`);
  };

  const writeObject: (...args: Parameters<ObjectStore['write']>) => Promise<WriteResult> = async (
    key,
    bytes,
    options,
  ) => {
    const present = (await readInfo(key))?.generation ?? 0;
    if (present !== options.ifGenerationMatch) return { outcome: 'precondition_failed' };
    if (present === 0) await rejectInTheWay(key);
    // Generations are not used twice, not even by an object whose file was removed.
    const generation = ((await readRecord(key))?.generation ?? 0) + 1;
    await writeDurably(partPath(key, generation), bytes);
    const record = { generation, size: bytes.length, metadata: { ...options.metadata } };
    await replaceFile(recordPath(key), `${JSON.stringify(record, null, 2)}\n`);
    await movePart(key, generation);
    return { outcome: 'written', generation };
  };

  const listObjects = async (prefix: string): Promise<readonly ObjectInfo[]> => {
    const found: ObjectInfo[] = [];
    for (const key of [...(await keysIn(recordFolder))].sort()) {
      if (!key.startsWith(prefix)) continue;
      const info = await readInfo(key);
      if (info !== undefined) found.push(info);
    }
    return found;
  };

  return {
    head: (key) =>
      tryTask(`look at object ${key}`, () =>
        exclusive(async () => O.fromNullable(await readInfo(key))),
      ),
    read: (key) =>
      tryTask(`read object ${key}`, () =>
        exclusive(async () => O.fromNullable(await readObject(key))),
      ),
    write: (key, bytes, options) =>
      tryTask(`write object ${key}`, () => exclusive(() => writeObject(key, bytes, options))),
    list: (prefix) =>
      tryTask(`list objects under ${prefix}`, () => exclusive(() => listObjects(prefix))),
  };
};
