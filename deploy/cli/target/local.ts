import { queueDeadLetters } from '../../local/dead-letters.js';
import { diskQueue } from '../../local/disk-queue.js';
import { holderOf } from '../../local/folder-lock.js';
import { type Context, DEFAULT_STATE } from '../context.js';
import { repeatedRun, resumedRun, shadowBuildLike } from '../run/command-line.js';
import { readMemory } from '../run/state-file.js';
import { storesOf } from '../run/state-stores.js';
import { shellWord } from '../terminal/shell-quote.js';
import type { Desk } from './command-target.js';

/** What a desk on a state folder has beside its stores. */
export const besidesStores = ({
  state,
}: Context): Pick<
  Desk,
  'deadLetters' | 'command' | 'unfinished' | 'monthlyRun' | 'shadowBuild'
> => {
  const queue = diskQueue(state.queue);
  return {
    deadLetters: queueDeadLetters(queue),
    command: (words) =>
      `live-pool ${words}${state.root === DEFAULT_STATE ? '' : ` --state ${shellWord(state.root)}`}`,
    unfinished: async () => {
      const { last, unfinished = false, again } = await readMemory(state);
      // Nothing is under way on paper until the request is on paper, too.
      const pending = (await queue.pending()).map(({ subscriber }) => subscriber);
      return {
        pending,
        resume:
          last !== undefined && unfinished && again === undefined ? resumedRun(last) : undefined,
        shadow: unfinished
          ? again
          : pending.length > 0 && pending.every((name) => name === 'shadow')
            ? shadowBuildLike(last)
            : undefined,
        process: holderOf(state.root),
      };
    },
    monthlyRun: async () => repeatedRun((await readMemory(state)).last),
    shadowBuild: async () => shadowBuildLike((await readMemory(state)).last),
  };
};

/** The state folder as the last command has left it. */
export const withLocalDesk = async <A>(
  context: Context,
  task: (desk: Desk) => Promise<A>,
): Promise<A> => task({ ...(await storesOf(context)), ...besidesStores(context) });
