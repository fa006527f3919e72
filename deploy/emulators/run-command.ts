import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { errorMessage } from '../../shared/codec/error-message.js';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { isCode } from '../../shared/local/files.js';

export interface RunningCommand {
  /** The exit status that a shell would report. */
  readonly status: Promise<number>;
  /** Forwards a signal to the command. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** A shell adds this to the number of the signal that ended a command. */
const SIGNALLED = 128;

/** The exit status of a process that a signal ended. */
export const statusOfSignal = (signal: NodeJS.Signals): number =>
  SIGNALLED + constants.signals[signal];

const noSuchCommand = (command: string): FailureError =>
  new FailureError(permanent('configuration', `Command not found: ${command}.`));

/** Throws before anything is started if the command does not exist. */
export const rejectUnknownCommand = (command: string, path: string): void => {
  const places = command.includes('/')
    ? [command]
    : path.split(delimiter).map((folder) => join(folder, command));
  if (!places.some((place) => existsSync(place))) throw noSuchCommand(command);
};

const statusOf = async (command: string, child: ChildProcess): Promise<number> => {
  try {
    await once(child, 'exit');
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw noSuchCommand(command);
    throw new FailureError(
      permanent('configuration', `Could not run ${command}: ${errorMessage(error)}`, {
        cause: error,
      }),
    );
  }
  return child.signalCode === null ? (child.exitCode ?? 1) : statusOfSignal(child.signalCode);
};

/** Runs a command on this process's streams, with additional environment variables. */
export const runCommand = (
  [command = '', ...words]: readonly string[],
  variables: Readonly<Record<string, string>>,
): RunningCommand => {
  const child = spawn(command, words, { stdio: 'inherit', env: { ...process.env, ...variables } });
  return {
    status: statusOf(command, child),
    signal: (signal) => {
      child.kill(signal);
    },
  };
};
