import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { SHADOW_INDEX_FILE, ShadowIndex } from '../../functions/shadow/shadow-index.js';
import { readJson } from '../../shared/codec/bytes.js';
import { type Failure, permanent, unavailable } from '../../shared/codec/failure.js';
import { sha256 } from '../../shared/codec/hash.js';
import { isCode, writeDurably } from '../../shared/local/files.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { readOptional } from '../../shared/releases/read-referenced-object.js';

/** A shadow history in the bucket, and the folders of it to copy. */
export interface HistorySource {
  /** Ends in a slash. */
  readonly prefix: string;
  readonly folders: readonly string[];
}

const NEXT = '.next';

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
};

const previousOf = (path: string): string => `${path}.previous`;
const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

/** Undoes an interrupted swap; after a complete swap removes the previous folder. */
const recover = async (path: string): Promise<void> => {
  if (!(await exists(previousOf(path)))) return;
  if (await exists(path)) await removeFolder(previousOf(path));
  else await rename(previousOf(path), path);
};

/** Replaces a folder; the old one is renamed first, because rename needs a free or empty target. */
const swap = async (next: string, path: string): Promise<void> => {
  if (await exists(path)) await rename(path, previousOf(path));
  await rename(next, path);
  await removeFolder(previousOf(path));
};

const readFile = (
  objects: Pick<ObjectStore, 'read'>,
  key: string,
): TE.TaskEither<Failure, Uint8Array> =>
  pipe(
    readOptional(objects, key),
    TE.chain((bytes) =>
      bytes === undefined
        ? TE.left(permanent('conflict', `${key}: expected a file of the shadow history, got none`))
        : TE.right(bytes),
    ),
  );

const requireChecksum = (
  key: string,
  bytes: Uint8Array,
  expected: string,
): TE.TaskEither<Failure, Uint8Array> =>
  sha256(bytes) === expected
    ? TE.right(bytes)
    : TE.left(permanent('conflict', `${key}: expected SHA-256 ${expected}, got ${sha256(bytes)}`));

/**
 * Copies a shadow history into the contract's local layout. The new folders are written beside the
 * old ones and renamed when they are complete; after a crash between two renames the next call
 * recovers.
 */
export const exportHistory = (
  objects: Pick<ObjectStore, 'read'>,
  output: string,
  { prefix, folders }: HistorySource,
): TE.TaskEither<Failure, ShadowIndex> =>
  pipe(
    readFile(objects, `${prefix}${SHADOW_INDEX_FILE}`),
    TE.chainEitherK(readJson(ShadowIndex, SHADOW_INDEX_FILE)),
    TE.chainFirst(({ files }) => {
      const next = join(output, NEXT);
      const copied = files.filter(({ path }) => folders.some((one) => path.startsWith(`${one}/`)));
      return pipe(
        writing(output, async () => {
          for (const folder of folders) await recover(join(output, folder));
          await removeFolder(next);
        }),
        TE.chain(() =>
          pipe(
            copied,
            TE.traverseSeqArray(({ path, sha256: expected }) =>
              pipe(
                readFile(objects, `${prefix}${path}`),
                TE.chain((bytes) => requireChecksum(path, bytes, expected)),
                TE.chain((bytes) => writing(path, () => writeDurably(join(next, path), bytes))),
              ),
            ),
          ),
        ),
        TE.chain(() =>
          writing(output, async () => {
            for (const folder of folders) await swap(join(next, folder), join(output, folder));
            await removeFolder(next);
          }),
        ),
      );
    }),
  );

const writing = (path: string, task: () => Promise<void>): TE.TaskEither<Failure, void> =>
  TE.tryCatch(task, unavailable(`write ${path}`));
