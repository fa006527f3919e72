import { constants } from 'node:os';
import { leave } from './exit-hooks.js';
import { shellWords } from './shell-quote.js';

/** What an interruption leaves, told with the command line that has to be typed again. */
type Left = (again: string) => string;

const nothing: Left = (again) => `there is nothing to put right. To do it again: ${again}`;

/** What is under way, the innermost last. */
const underWay: Left[] = [];

/** Runs a task during which an interruption leaves something worth a sentence. */
export const whileInterruptible = async <A>(left: Left, task: () => Promise<A>): Promise<A> => {
  underWay.push(left);
  try {
    return await task();
  } finally {
    underWay.splice(underWay.lastIndexOf(left), 1);
  }
};

type Signal = 'SIGINT' | 'SIGTERM';

/** As shells report it: 130 for Ctrl-C, 143 for a plain kill. */
const exitCodeOfSignal = (signal: Signal): number => 128 + constants.signals[signal];

/**
 * Ends the process at the first signal, with one sentence. There is nothing to wait for: what is
 * written is written whole or not at all, and a message is taken from its queue when it is done.
 */
export const endOnSignals = (words: readonly string[]): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      leave();
      const left = underWay.at(-1) ?? nothing;
      process.stderr.write(`Interrupted; ${left(shellWords(['live-pool', ...words]))}\n`);
      process.exit(exitCodeOfSignal(signal));
    });
};
