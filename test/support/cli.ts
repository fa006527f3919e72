import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mock } from 'node:test';
import { pathToFileURL } from 'node:url';

const projectRoot = resolve(import.meta.dirname, '..', '..');
/** The command as it is installed; `npm test` builds it first. */
const builtCli = join(projectRoot, 'dist/deploy/cli');
/** One commit for the whole suite, even if the clone's own HEAD moves meanwhile. */
export const SOURCE_REVISION = 'c0ffee'.padEnd(40, '0');

export interface Finished {
  /** Null if a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  /** A module that node loads before the command. */
  readonly preload?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the command is typed; default: the project. */
  readonly cwd?: string;
  /** Given the process once it runs, e.g. to end it. */
  readonly started?: (child: ChildProcess) => void;
}

/** Runs `live-pool` in a process of its own. */
export const livePoolProcess = (
  words: readonly string[],
  { preload, environment = {}, cwd = projectRoot, started = () => undefined }: ProcessOptions = {},
): Promise<Finished> =>
  new Promise((resolveRun, reject) => {
    const flags = preload === undefined ? [] : ['--import', preload];
    const child = spawn(process.execPath, [...flags, join(builtCli, 'main.js'), ...words], {
      cwd,
      env: { ...process.env, SOURCE_REVISION, ...environment },
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

const runHere = async (words: readonly string[]): Promise<Finished> => {
  const program: typeof import('../../deploy/cli/program.js') = await import(
    pathToFileURL(join(builtCli, 'program.js')).href
  );
  const printed = { stdout: '', stderr: '' };
  const terminals = (['stdout', 'stderr'] as const).map((name) => {
    const { isTTY } = process[name];
    process[name].isTTY = false;
    const write = mock.method(process[name], 'write', (chunk: string | Uint8Array) => {
      printed[name] += String(chunk);
      return true;
    });
    return () => {
      write.mock.restore();
      process[name].isTTY = isTTY;
    };
  });
  const revision = process.env.SOURCE_REVISION;
  process.env.SOURCE_REVISION = SOURCE_REVISION;
  try {
    const code = await program.runCommandLine(words);
    return { code, ...printed };
  } finally {
    if (revision === undefined) delete process.env.SOURCE_REVISION;
    else process.env.SOURCE_REVISION = revision;
    for (const restore of terminals) restore();
  }
};

let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs the built `live-pool` in this process, which is warm: half of what a process of its own
 * costs goes into starting. What it prints is caught, so that one line waits for the other.
 */
export const livePool = (words: readonly string[]): Promise<Finished> => {
  const run = previous.then(() => runHere(words));
  previous = run.catch(() => undefined);
  return run;
};

/** A folder that disappears when the suite is over. */
export const temporaryFolder = (): (() => string) => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-pool-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
};
