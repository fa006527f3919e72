import { lockFolder } from '../../local/folder-lock.js';
import type { StateFolder } from '../../local/state-folder.js';
import { unwrap } from '../context.js';
import { whenLeaving } from '../terminal/exit-hooks.js';
import { whileInterruptible } from '../terminal/signals.js';

/** Runs a task that changes the state folder, while nobody else may; Ctrl-C tells how to go on. */
export const whileHolding = async <A>(
  { root }: Pick<StateFolder, 'root'>,
  task: () => Promise<A>,
): Promise<A> => {
  const { release } = unwrap(lockFolder(root));
  const released = whenLeaving(release);
  try {
    return await whileInterruptible(
      (again) => `${root} keeps what is done. To go on: ${again}`,
      task,
    );
  } finally {
    released();
    release();
  }
};
