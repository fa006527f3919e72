import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const projectRoot = resolve(import.meta.dirname, '..', '..');
/** The command as it is installed; `npm test` builds it first. */
const main = join(projectRoot, 'dist/deploy/cli/main.js');

export interface Finished {
  /** Null if a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** A module that node loads before the command. */
  readonly preload?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the command is typed; default: the project. */
  readonly cwd?: string;
  /** Given the process once it runs, e.g. to end it. */
  readonly started?: (child: ChildProcess) => void;
}

/** Runs `live-pool` in a process of its own. */
export const livePool = (
  words: readonly string[],
  { preload, environment = {}, cwd = projectRoot, started = () => undefined }: CliOptions = {},
): Promise<Finished> =>
  new Promise((resolveRun, reject) => {
    const flags = preload === undefined ? [] : ['--import', preload];
    const child = spawn(process.execPath, [...flags, main, ...words], {
      cwd,
      // One commit for the whole suite, wherever the clone's own HEAD moves meanwhile.
      env: { ...process.env, SOURCE_REVISION: 'c0ffee'.padEnd(40, '0'), ...environment },
    });
    started(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolveRun({ code, stdout, stderr }));
  });

/** A folder that disappears when the suite is over. */
export const temporaryFolder = (): (() => string) => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-pool-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
};
