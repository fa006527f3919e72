import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeJson } from '../../shared/codec/decode.js';
import { errorMessage } from '../../shared/codec/error-message.js';
import { packagingError } from './packaging-error.js';
import { runNpm } from './run-program.js';

const LOCK = 'package-lock.json';

/** `package-lock.json`: packages by installation folder; `''` is the root. */
const Lock = t.type(
  {
    lockfileVersion: t.literal(3),
    packages: t.record(t.string, t.partial({ version: t.string, integrity: t.string })),
  },
  LOCK,
);

export interface ArchivedLock {
  readonly text: string;
  /** The number of packages that it installs. */
  readonly packages: number;
}

const packagesIn = (text: string): t.TypeOf<typeof Lock>['packages'] => {
  const lock = decodeJson(Lock, LOCK)(text);
  if (E.isLeft(lock)) throw packagingError(lock.left.message, lock.left.cause);
  return lock.right.packages;
};

/** Without a network and the user's settings, so that the result depends on its input alone. */
const relock = (folder: string): void => {
  try {
    runNpm(
      [
        ...['install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit'],
        ...['--no-fund', '--omit-lockfile-registry-resolved'],
        `--userconfig=${join(folder, 'no-settings')}`,
      ],
      folder,
    );
  } catch (cause) {
    throw packagingError(
      `${LOCK}: npm could not derive the archive's lock from it. Update it with npm install. ` +
        errorMessage(cause),
      cause,
    );
  }
};

/**
 * npm's own lock of the archive's manifest, with the packages of the whole project's lock. If that
 * lock did not suffice, npm would take other versions from its cache, which is an error here.
 */
export const archivedLock = async (manifest: string, lock: string): Promise<ArchivedLock> => {
  const given = packagesIn(lock);
  const folder = await mkdtemp(join(tmpdir(), 'live-pool-lock-'));
  try {
    await writeFile(join(folder, 'package.json'), manifest);
    await writeFile(join(folder, LOCK), lock);
    relock(folder);
    const text = await readFile(join(folder, LOCK), 'utf8');
    const { '': _, ...packages } = packagesIn(text);
    for (const [place, { version, integrity }] of Object.entries(packages))
      if (given[place]?.version !== version || given[place]?.integrity !== integrity)
        throw packagingError(
          `${LOCK}: expected ${place} at ${version}, as the archive needs it, got ` +
            `${given[place]?.version ?? 'nothing'}. Update the lock with npm install.`,
        );
    return { text, packages: Object.keys(packages).length };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
