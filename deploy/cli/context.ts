import type { Command } from 'commander';
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, FailureError } from '../../shared/failure.js';
import { type StateFolder, stateFolder } from '../local/state-folder.js';
import { UsageError } from './usage-error.js';

/** The options that every command takes, wherever they stand on the line. */
export interface Context {
  readonly state: StateFolder;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The instant that `--now` names. */
  readonly now: Date | undefined;
}

export const addGlobalOptions = (command: Command): Command =>
  command
    .option('--state <dir>', 'folder of the embedded runtime (default: data)')
    .option('--format <format>', 'text or json (default: text)')
    .option('--quiet', 'no progress on stderr')
    .option('--now <iso>', 'the clock, e.g. 2026-03-14T00:30:00Z (default: the real one)');

const textOption = (options: Record<string, unknown>, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};

const instant = (text: string | undefined): Date | undefined => {
  if (text === undefined) return undefined;
  const parsed = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(parsed.getTime()))
    throw new UsageError(`--now: expected an instant like 2026-03-14T00:30:00Z, got ${text}`);
  return parsed;
};

export const contextOf = (command: Command): Context => {
  const options: Record<string, unknown> = command.optsWithGlobals();
  const format = textOption(options, 'format') ?? 'text';
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`--format: expected text or json, got ${format}`);
  return {
    state: stateFolder(textOption(options, 'state') ?? 'data'),
    json: format === 'json',
    quiet: options.quiet === true,
    now: instant(textOption(options, 'now')),
  };
};

/** The answer goes to stdout, in the form that was asked for. */
export const print = (context: Context, json: unknown, text: () => string): void => {
  process.stdout.write(`${context.json ? JSON.stringify(json, null, 2) : text()}\n`);
};

/** Everything else goes to stderr. */
export const warn = (message: string): void => {
  process.stderr.write(`${message}\n`);
};

/** A command's last step: a failure leaves it as an exception that `main` turns into an exit code. */
export const unwrap = <A>(result: E.Either<Failure, A>): A => {
  if (E.isLeft(result)) throw new FailureError(result.left);
  return result.right;
};

/** Takes a command's exit code. */
export type Answer = (exitCode: number) => void;
