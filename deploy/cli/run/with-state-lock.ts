import { getOrThrow } from '../../../shared/codec/failure.js';
import { lockFolder } from '../../local/folder-lock.js';
import type { StateFolder } from '../../local/state-folder.js';
import { onExit } from '../terminal/exit-hooks.js';
import { withInterruptMessage } from '../terminal/signals.js';

/** Runs a task under the folder's lock; an interruption prints the command that resumes it. */
export const withStateLock = async <A>(
  { root }: Pick<StateFolder, 'root'>,
  task: () => Promise<A>,
): Promise<A> => {
  const { release } = getOrThrow(lockFolder(root));
  const released = onExit(release);
  try {
    return await withInterruptMessage(
      (resume) => `progress is saved in ${root}. Resume with: ${resume}`,
      task,
    );
  } finally {
    released();
    release();
  }
};
