import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, permanent } from '../../shared/failure.js';
import { isCode } from '../../shared/local/files.js';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return isCode(error, 'EPERM');
  }
};

const holderOf = (path: string): number => {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return Number.NaN;
  }
};

const create = (path: string): boolean => {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
};

/**
 * Makes this process the only one that changes the state folder, until `release` is called or the
 * process ends, however it ends: a lock whose process is gone is taken over at once.
 */
export const lockFolder = (folder: string): E.Either<Failure, { readonly release: () => void }> => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  const release = (): void => {
    if (holderOf(path) === process.pid) unlinkSync(path);
  };
  if (create(path)) return E.right({ release });
  const holder = holderOf(path);
  if (isAlive(holder) && holder !== process.pid)
    return E.left(
      permanent(
        'conflict',
        `${folder} is in use by process ${holder}; wait for it to end, or name another folder with --state`,
      ),
    );
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  return create(path)
    ? E.right({ release })
    : E.left(permanent('conflict', `${folder} has just been taken by another process`));
};
