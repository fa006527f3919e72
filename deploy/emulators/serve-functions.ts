import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../package-root.js';
import { endOf, isGone, killed, killOnParentExit } from './child-process.js';
import { freePort } from './free-port.js';

export interface ServeOptions {
  /** The module that registers the functions. Default: `dist/functions/index.js`. */
  readonly modulePath?: string;
  /** Environment variables of the functions, in addition to the variables of this process. */
  readonly variables: Readonly<Record<string, string>>;
  /** A file to append the functions' output to. Default: stderr. */
  readonly logFile?: string;
  /** For node itself, e.g. `--import=tsx` where the module is TypeScript. */
  readonly nodeArguments?: readonly string[];
}

export interface FunctionsServer {
  /** The base URL: each registered function is served below it under its own name. */
  readonly url: string;
  /** Undefined while the process is being replaced. */
  readonly pid: () => number | undefined;
  /** Kills the process as a crash would; resolves when it has ended. It is then replaced. */
  readonly kill: () => Promise<void>;
  /**
   * Resolves when the functions can be reached: immediately, or after the replacement has started.
   */
  readonly ready: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 2_000;
const POLL_MILLISECONDS = 50;

// The server runs compiled code, even if this file runs through a transpiler.
const compiled = join(packageRoot, 'dist');

const listening = (child: ChildProcess, where: string): Promise<void> =>
  new Promise((done, reject) => {
    child.once('message', () => done());
    child.once('error', reject);
    child.once('exit', () =>
      reject(
        new Error(`The functions' process ended before it served (${endOf(child)}); see ${where}.`),
      ),
    );
  });

const launch = (options: ServeOptions, port: number): ChildProcess => {
  const { modulePath, variables, logFile, nodeArguments = [] } = options;
  const output = logFile === undefined ? 2 : openSync(logFile, 'a');
  try {
    return fork(
      join(compiled, 'deploy/emulators/serve-process.js'),
      [resolve(modulePath ?? join(compiled, 'functions/index.js')), String(port)],
      {
        env: { ...process.env, ...variables },
        execArgv: [...nodeArguments],
        // Standard output is reserved for the launcher's command.
        stdio: ['ignore', output, output, 'ipc'],
        // Detached: Ctrl-C must not end the functions while the command is shutting down.
        detached: true,
      },
    );
  } finally {
    if (logFile !== undefined) closeSync(output);
  }
};

const answers = async (url: string): Promise<boolean> => {
  try {
    await (await fetch(url)).text();
    return true;
  } catch {
    return false;
  }
};

/**
 * Serves every function that a module registers, in a separate process and through the real
 * functions framework. A process that dies is replaced on the same port, as in Cloud Run. It ends
 * with this process, even if this process is killed.
 */
export const serveFunctions = async (options: ServeOptions): Promise<FunctionsServer> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const where = options.logFile ?? 'its output above';
  let closed = false;

  const start = async (): Promise<ChildProcess> => {
    child = launch(options, port);
    killOnParentExit(child);
    await listening(child, where);
    return child;
  };
  const replace = async (): Promise<void> => {
    let pause = FIRST_PAUSE_MILLISECONDS;
    while (!closed) {
      try {
        keep(await start());
        return;
      } catch {
        // The log contains the reason.
        await sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
      }
    }
  };
  const keep = (running: ChildProcess): void => {
    const exit = (): void => {
      if (!closed) serving = replace();
    };
    if (isGone(running)) exit();
    else running.once('exit', exit);
  };

  let child: ChildProcess;
  let serving = Promise.resolve();
  child = await start();
  keep(child);
  return {
    url,
    pid: () => (isGone(child) ? undefined : child.pid),
    kill: () => killed(child),
    ready: async () => {
      while (!closed && !(await answers(url))) await sleep(POLL_MILLISECONDS);
    },
    close: async () => {
      closed = true;
      await killed(child);
      await serving;
    },
  };
};
