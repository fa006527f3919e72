import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { isCode } from '../../shared/local/files.js';

export interface RunningCommand {
  /** The status that a shell would report. */
  readonly status: Promise<number>;
  /** Passes a signal on. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** What a shell adds to the number of the signal that ended a command. */
const SIGNALLED = 128;

/** The status of whatever a signal ended. */
export const statusOfSignal = (signal: NodeJS.Signals): number =>
  SIGNALLED + constants.signals[signal];

const noSuchCommand = (command: string): FailureError =>
  new FailureError(permanent('configuration', `There is no command ${command}.`));

/** Says so at once, before anything is started for a command that there is not. */
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
      permanent(
        'configuration',
        `Could not run ${command}: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      ),
    );
  }
  return child.signalCode === null ? (child.exitCode ?? 1) : statusOfSignal(child.signalCode);
};

/** Runs a command on our own streams, with more variables. */
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
