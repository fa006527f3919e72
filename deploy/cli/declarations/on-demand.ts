import type { Command } from 'commander';
import type { Action, SetExitCode } from '../context.js';

/** An action whose module is loaded when the command runs, so that help loads no command. */
export const onDemand = (answer: SetExitCode, load: () => Promise<Action>) =>
  async function (this: Command): Promise<void> {
    const action = await load();
    answer(await action(this));
  };
