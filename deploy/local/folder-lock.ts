import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { isCode } from '../../shared/local/files.js';

/** `<pid>.<unique suffix>`: the name of the file in the lock folder. */
type Holder = string;

/**
 * The locks that this process holds; module-level state, because a process has one set of locks.
 * The pid alone does not identify a holder: a dead process may have had the same one.
 */
const held = new Set<Holder>();

const pidOf = (holder: Holder): number => Number.parseInt(holder, 10);

const isAlive = (holder: Holder): boolean => {
  const pid = pidOf(holder);
  if (pid === process.pid) return held.has(holder);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process is alive and belongs to another user.
    return isCode(error, 'EPERM');
  }
};

const holdersIn = (lock: string): readonly Holder[] => {
  try {
    return readdirSync(lock);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
};

/** The id of the process that holds the lock of the state folder, if one does. */
export const lockOwner = (folder: string): number | undefined => {
  const living = holdersIn(join(folder, 'lock')).find(isAlive);
  return living === undefined ? undefined : pidOf(living);
};

/** Renames a prepared lock into place; false if a lock with a holder is there already. */
const place = (prepared: string, lock: string): boolean => {
  try {
    renameSync(prepared, lock);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOTEMPTY') || isCode(error, 'EEXIST')) return false;
    throw error;
  }
};

/**
 * Locks the state folder for this process until `release` is called or the process ends. A lock
 * whose process is gone, for any reason, is taken over at once.
 *
 * The lock is a folder with one file, named after the holder, and is renamed into place with that
 * file in it. A takeover removes the dead holder's file by its name, so a process that saw the old
 * holder dead cannot remove the file of the process that took over first.
 */
export const lockFolder = (folder: string): E.Either<Failure, { readonly release: () => void }> => {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  const prepared = mkdtempSync(join(folder, 'lock-'));
  const holder: Holder = `${process.pid}.${basename(prepared)}`;
  writeFileSync(join(prepared, holder), '');
  try {
    if (!place(prepared, lock)) {
      const holders = holdersIn(lock);
      const living = holders.find(isAlive);
      if (living !== undefined)
        return E.left(
          permanent(
            'conflict',
            `${folder} is in use by process ${pidOf(living)}. Wait until it ends, or use another folder: --state DIR`,
          ),
        );
      for (const dead of holders) rmSync(join(lock, dead), { force: true });
      if (!place(prepared, lock))
        return E.left(
          permanent(
            'conflict',
            `${folder}: another process has just locked it. Run the command again when that process ends.`,
          ),
        );
    }
  } finally {
    rmSync(prepared, { recursive: true, force: true });
  }
  held.add(holder);
  return E.right({
    release: () => {
      held.delete(holder);
      rmSync(join(lock, holder), { force: true });
    },
  });
};
