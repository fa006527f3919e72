#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { FailureError } from '../../shared/failure.js';
import { type Answer, addGlobalOptions, warn } from './context.js';
import { EXIT, exitCodeOf } from './exit-code.js';
import { UsageError } from './usage-error.js';

const exitCodes = [
  'Exit codes: 0 ok · 1 unexpected · 2 usage · 3 contract invalid · 4 stale ·',
  '            5 conflict or superseded · 6 upstream data incomplete · 7 configuration',
].join('\n');

const program = addGlobalOptions(
  new Command('live-pool')
    .description('Decides and publishes the monthly live pool of Binance Spot coins.')
    .addHelpText('after', `\n${exitCodes}\n\nExample:\n  live-pool run && live-pool status`)
    .exitOverride(),
);

/** Commands answer with their exit code. */
let exitCode: number = EXIT.ok;
const answer: Answer = (code) => {
  exitCode = code;
};

type Register = (program: Command, answer: Answer) => void;

/** In the order in which help lists them. */
const commands: Readonly<Record<string, () => Promise<Register>>> = {
  run: async () => (await import('./commands/run.js')).runCommand,
  'monthly-shadow-build': async () =>
    (await import('./commands/monthly-shadow-build.js')).monthlyShadowBuildCommand,
  shadow: async () => (await import('./commands/shadow.js')).shadowCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  contract: async () => (await import('./commands/contract.js')).contractCommand,
  release: async () => (await import('./commands/release.js')).releaseCommand,
  rollback: async () => (await import('./commands/rollback.js')).rollbackCommand,
  restate: async () => (await import('./commands/restate.js')).restateCommand,
  replay: async () => (await import('./commands/replay.js')).replayCommand,
  'dead-letters': async () => (await import('./commands/dead-letters.js')).deadLettersCommand,
  history: async () => (await import('./commands/history.js')).historyCommand,
  reconcile: async () => (await import('./commands/reconcile.js')).reconcileCommand,
  explain: async () => (await import('./commands/explain.js')).explainCommand,
  report: async () => (await import('./commands/report.js')).reportCommand,
  status: async () => (await import('./commands/status.js')).statusCommand,
  simulate: async () => (await import('./commands/simulate.js')).simulateCommand,
};

/** Loads what the line names, for a quick start; every command where it names none, for help. */
const register = async (words: readonly string[]): Promise<void> => {
  const named = Object.keys(commands).filter((name) => words.includes(name));
  const wanted =
    named.length > 0 && !['-h', '--help', 'help'].includes(words[0] ?? '')
      ? named
      : Object.keys(commands);
  for (const name of wanted) (await commands[name]?.())?.(program, answer);
};

const codeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    warn(`error: ${error.message}`);
    return EXIT.usage;
  }
  if (error instanceof FailureError) {
    warn(`error: ${error.failure.message}`);
    return exitCodeOf(error.failure.code);
  }
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.unexpected;
};

// Whoever reads the answer may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCode);
});

try {
  await register(process.argv.slice(2));
  await program.parseAsync();
  process.exitCode = exitCode;
} catch (error) {
  process.exitCode = codeOf(error);
}
