import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { isCode } from '../../shared/local/files.js';

/** `<pid>.<what makes this hold unlike every other>`. */
type Holder = string;

/** The holds of this process. Its pid alone proves nothing: a dead process may have had it too. */
const held = new Set<Holder>();

const pidOf = (holder: Holder): number => Number.parseInt(holder, 10);

const isAlive = (holder: Holder): boolean => {
  const pid = pidOf(holder);
  if (pid === process.pid) return held.has(holder);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
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

/** The process that changes the state folder at this moment, if one does. */
export const lockOwner = (folder: string): number | undefined => {
  const living = holdersIn(join(folder, 'lock')).find(isAlive);
  return living === undefined ? undefined : pidOf(living);
};

/** Moves a prepared lock into place: succeeds only where none is, or an empty one. */
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
 * Makes this process the only one that changes the state folder, until `release` is called or the
 * process ends, however it ends: a lock whose process is gone is taken over at once.
 *
 * The lock is a folder that holds one file, named after the holder, and it is renamed into place
 * with that file in it. Taking over removes the dead holder's file by its name, so that of any
 * number of processes that saw it dead none can remove the one that came first.
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
            `${folder} is in use by process ${pidOf(living)}; wait for it to end, or name another folder with --state`,
          ),
        );
      for (const dead of holders) rmSync(join(lock, dead), { force: true });
      if (!place(prepared, lock))
        return E.left(permanent('conflict', `${folder} has just been taken by another process`));
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
