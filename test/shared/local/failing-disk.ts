import type { FileHandle } from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';

type Promises = typeof import('node:fs/promises');

// The namespace of an `import` cannot be changed; the module behind it can.
const promises: Promises = createRequire(import.meta.url)('node:fs/promises');

/**
 * Runs a task that changes the file system, and takes that power from it at its `fatalStep`-th
 * change: that one does not happen (of the writing of a file, half does), nor does any after it.
 * What is on disk then is what `kill -9` leaves. Answers whether the task came that far.
 */
export const killedAtStep = async (
  fatalStep: number,
  task: () => Promise<unknown>,
): Promise<boolean> => {
  const { open, rename, unlink, mkdir } = promises;
  let steps = 0;
  const isDead = (): boolean => steps >= fatalStep;
  const step = (): void => {
    steps += 1;
    if (isDead()) throw new Error('the process is dead');
  };

  const watched = (file: FileHandle): FileHandle => {
    const writeFile = file.writeFile.bind(file);
    file.writeFile = async (content, options) => {
      if (typeof content !== 'string' && !(content instanceof Uint8Array))
        throw new Error('expected text or bytes');
      if (steps === fatalStep - 1) await writeFile(content.slice(0, content.length / 2), options);
      step();
      await writeFile(content, options);
    };
    return file;
  };

  Object.assign(promises, {
    open: async (...given: Parameters<typeof open>) => {
      step();
      return watched(await open(...given));
    },
    rename: async (...given: Parameters<typeof rename>) => {
      step();
      await rename(...given);
    },
    unlink: async (...given: Parameters<typeof unlink>) => {
      step();
      await unlink(...given);
    },
    mkdir: async (...given: Parameters<typeof mkdir>) => {
      step();
      return mkdir(...given);
    },
  });
  syncBuiltinESMExports();
  try {
    await task();
  } finally {
    Object.assign(promises, { open, rename, unlink, mkdir });
    syncBuiltinESMExports();
  }
  return isDead();
};
