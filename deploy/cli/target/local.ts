import { queueDeadLetters } from '../../local/dead-letters.js';
import { diskQueue } from '../../local/disk-queue.js';
import { lockOwner } from '../../local/folder-lock.js';
import { type Context, DEFAULT_STATE } from '../context.js';
import { nextRunCommand, resumeRunCommand, shadowBuildCommand } from '../run/command-line.js';
import { readStateFile } from '../run/state-file.js';
import { openStateStores } from '../run/state-stores.js';
import { quoteArg } from '../terminal/shell-quote.js';
import type { CommandTarget } from './command-target.js';

/** The services of a target on a state folder, besides its stores. */
export const localServices = ({
  state,
}: Context): Pick<
  CommandTarget,
  'deadLetters' | 'commandLine' | 'unfinished' | 'nextRunArgs' | 'shadowBuildArgs'
> => {
  const queue = diskQueue(state.queue);
  return {
    deadLetters: queueDeadLetters(queue),
    commandLine: (args) =>
      `live-pool ${args}${state.root === DEFAULT_STATE ? '' : ` --state ${quoteArg(state.root)}`}`,
    unfinished: async () => {
      const { last, unfinished = false, again } = await readStateFile(state);
      // A run counts as interrupted only after its options were stored.
      const pending = (await queue.pending()).map(({ subscriber }) => subscriber);
      return {
        pending,
        resume:
          last !== undefined && unfinished && again === undefined
            ? resumeRunCommand(last)
            : undefined,
        shadow: unfinished
          ? again
          : pending.length > 0 && pending.every((name) => name === 'shadow')
            ? shadowBuildCommand(last)
            : undefined,
        process: lockOwner(state.root),
      };
    },
    nextRunArgs: async () => nextRunCommand((await readStateFile(state)).last),
    shadowBuildArgs: async () => shadowBuildCommand((await readStateFile(state)).last),
  };
};

/** Runs a task on a state folder without a lock. */
export const withLocalTarget = async <A>(
  context: Context,
  task: (target: CommandTarget) => Promise<A>,
): Promise<A> => task({ ...(await openStateStores(context)), ...localServices(context) });
