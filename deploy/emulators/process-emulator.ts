import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage } from '../../shared/codec/error-message.js';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { isCode } from '../../shared/local/files.js';
import { endOf, isGone, killed, killOnParentExit } from './child-process.js';
import type { Emulator } from './emulator.js';
import { freePort } from './free-port.js';

export interface EmulatorProgram {
  /** Used in messages and as the name of the log, e.g. `pubsub`. */
  readonly name: string;
  readonly command: string;
  readonly words: (port: number) => readonly string[];
  readonly logFolder: string;
  /** Called when the program ends without a call of `kill`. */
  readonly died?: (sentence: string) => void;
}

const ATTEMPTS = 3;
const PATIENCE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 50;

/** Google's emulators respond "Ok" to a request for `/` once they are ready. */
const answersOk = async (port: number): Promise<boolean> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return (await response.text()).startsWith('Ok');
  } catch {
    return false;
  }
};

const logOf = ({ logFolder, name }: EmulatorProgram): string => join(logFolder, `${name}.log`);

const spawnLogged = (program: EmulatorProgram, port: number): ChildProcess => {
  const log = openSync(logOf(program), 'a');
  try {
    return spawn(program.command, program.words(port), {
      stdio: ['ignore', log, log],
      // Detached: Ctrl-C must not end the emulator while the command is shutting down.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
};

const notRunnable = (command: string, error: unknown): FailureError =>
  new FailureError(
    permanent(
      'configuration',
      isCode(error, 'ENOENT')
        ? `Google's emulators need Java, and ${command} was not found: install a Java runtime and put it on the PATH, or set JAVA_HOME.`
        : `Could not run ${command}: ${errorMessage(error)}`,
      { cause: error },
    ),
  );

/** Starts the program once; undefined if it ended or hung before it responded. */
const attempt = async (
  program: EmulatorProgram,
  port: number,
): Promise<ChildProcess | undefined> => {
  const child = spawnLogged(program, port);
  killOnParentExit(child);
  let startError: unknown;
  child.once('error', (error) => {
    startError = error;
  });
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (performance.now() < deadline) {
    await sleep(POLL_MILLISECONDS);
    if (startError !== undefined) throw notRunnable(program.command, startError);
    if (isGone(child)) return undefined;
    if (await answersOk(port)) return child;
  }
  await killed(child);
  return undefined;
};

/** Starts the program, and retries on another port: a free port may be taken in the meantime. */
const start = async (
  program: EmulatorProgram,
  choosePort: () => Promise<number>,
): Promise<{ readonly port: number; readonly child: ChildProcess }> => {
  for (let tried = 0; tried < ATTEMPTS; tried++) {
    const port = await choosePort();
    const child = await attempt(program, port);
    if (child !== undefined) return { port, child };
  }
  throw new FailureError(
    permanent(
      'configuration',
      `The ${program.name} emulator did not start in ${ATTEMPTS} attempts; see ${logOf(program)}.`,
    ),
  );
};

/** Runs a program that serves on a given port and responds "Ok" when it is ready. */
export const startProcessEmulator = async (program: EmulatorProgram): Promise<Emulator> => {
  const { port, child: first } = await start(program, freePort);
  let child = first;
  let wanted = true;
  const watch = (running: ChildProcess): void => {
    const report = (): void => {
      if (wanted)
        program.died?.(
          `The ${program.name} emulator ended unexpectedly (${endOf(running)}); see ${logOf(program)}.`,
        );
    };
    if (isGone(running)) report();
    else running.once('exit', report);
  };
  watch(child);
  return {
    host: `127.0.0.1:${port}`,
    pid: () => (isGone(child) ? undefined : child.pid),
    kill: () => {
      wanted = false;
      return killed(child);
    },
    restart: async () => {
      if (!isGone(child)) return;
      child = (await start(program, async () => port)).child;
      wanted = true;
      watch(child);
    },
  };
};
