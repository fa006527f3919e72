import { constants } from 'node:os';
import { runExitHooks } from './exit-hooks.js';
import { quoteArgs } from './shell-quote.js';

/** What an interruption leaves, told with the command line that has to be typed again. */
type InterruptMessage = (again: string) => string;

const nothing: InterruptMessage = (again) =>
  `there is nothing to put right. To do it again: ${again}`;

/** What is under way, the innermost last. */
const messageStack: InterruptMessage[] = [];

/** Runs a task during which an interruption leaves something worth a sentence. */
export const withInterruptMessage = async <A>(
  message: InterruptMessage,
  task: () => Promise<A>,
): Promise<A> => {
  messageStack.push(message);
  try {
    return await task();
  } finally {
    messageStack.splice(messageStack.lastIndexOf(message), 1);
  }
};

type Signal = 'SIGINT' | 'SIGTERM';

/** As shells report it: 130 for Ctrl-C, 143 for a plain kill. */
const exitCodeOfSignal = (signal: Signal): number => 128 + constants.signals[signal];

/**
 * Ends the process at the first signal, with one sentence. There is nothing to wait for: what is
 * written is written whole or not at all, and a message is taken from its queue when it is done.
 */
export const exitOnSignals = (args: readonly string[]): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      runExitHooks();
      const message = messageStack.at(-1) ?? nothing;
      process.stderr.write(`Interrupted; ${message(quoteArgs(['live-pool', ...args]))}\n`);
      process.exit(exitCodeOfSignal(signal));
    });
};
