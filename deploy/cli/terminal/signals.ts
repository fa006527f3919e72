import { constants } from 'node:os';
import { runExitHooks } from './exit-hooks.js';
import { quoteArgs } from './shell-quote.js';

/** The message after an interruption; `again` is the command line that was interrupted. */
type InterruptMessage = (again: string) => string;

const nothing: InterruptMessage = (again) => `nothing to clean up. Run again with: ${again}`;

/** The messages of the running tasks, the innermost last. Module-level: signals are per process. */
const messageStack: InterruptMessage[] = [];

/** Runs a task with its own message for an interruption. */
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

/** As shells report it: 130 for Ctrl-C (SIGINT), 143 for SIGTERM. */
const exitCodeOfSignal = (signal: Signal): number => 128 + constants.signals[signal];

/**
 * Ends the process at the first signal, with one message. It need not wait: files are written
 * atomically, and a message is removed from its queue only after it was handled.
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
