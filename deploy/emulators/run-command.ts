import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { FailureError, permanent } from '../../shared/failure.js';
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

const statusOf = async (command: string, child: ChildProcess): Promise<number> => {
  try {
    await once(child, 'exit');
  } catch (error) {
    throw new FailureError(
      permanent(
        'configuration',
        isCode(error, 'ENOENT')
          ? `There is no command ${command}.`
          : `Could not run ${command}: ${error instanceof Error ? error.message : String(error)}`,
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
