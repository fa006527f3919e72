import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One small text that survives a restart. */
export interface TextStore {
  /** Undefined where nothing has been written yet. */
  readonly read: () => Promise<string | undefined>;
  /** All or nothing: a concurrent reader sees either the old text or the new text. */
  readonly write: (text: string) => Promise<void>;
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The text of a file; bytes that are no UTF-8 are an error, not question marks. */
export const readText = async (path: string): Promise<string | undefined> => {
  try {
    const bytes = await readFile(path);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};

/** Writes beside the file, to the disk, and then takes its place. */
const replaceText = async (path: string, text: string): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const beside = join(folder, `.${randomUUID()}.tmp`);
  try {
    const file = await open(beside, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
};

export const textFile = (path: string): TextStore => ({
  read: () => readText(path),
  write: (text) => replaceText(path, text),
});
