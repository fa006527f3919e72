import type { Command } from 'commander';
import type { Action, SetExitCode } from '../context.js';

/** Loads an action's module when its command runs, so that help loads no command. */
export const onDemand = (setExitCode: SetExitCode, load: () => Promise<Action>) =>
  async function (this: Command): Promise<void> {
    const action = await load();
    setExitCode(await action(this));
  };
