import type { Command } from 'commander';
import type { Action, Answer } from '../context.js';

/** An action whose module is loaded when the command runs, so that help loads no command. */
export const onDemand = (answer: Answer, load: () => Promise<Action>) =>
  async function (this: Command): Promise<void> {
    const action = await load();
    answer(await action(this));
  };
