import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The file's content, or undefined if the file does not exist. */
export const readIfPresent = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
};

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Writes and flushes a file. Not atomic: a crash may leave a partial file. */
export const writeDurably = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Replaces a file atomically: readers, also after a crash, see the old or the new content. */
export const replaceFile = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  const temporary = `${path}.tmp`;
  await writeDurably(temporary, bytes);
  await rename(temporary, path);
};
