import { getOrThrow } from '../../../shared/codec/failure.js';
import { lockFolder } from '../../local/folder-lock.js';
import type { StateFolder } from '../../local/state-folder.js';
import { onExit } from '../terminal/exit-hooks.js';
import { withInterruptMessage } from '../terminal/signals.js';

/** Runs a task that changes the state folder, while nobody else may; Ctrl-C tells how to go on. */
export const withStateLock = async <A>(
  { root }: Pick<StateFolder, 'root'>,
  task: () => Promise<A>,
): Promise<A> => {
  const { release } = getOrThrow(lockFolder(root));
  const released = onExit(release);
  try {
    return await withInterruptMessage(
      (resume) => `${root} keeps what is done. To go on: ${resume}`,
      task,
    );
  } finally {
    released();
    release();
  }
};
