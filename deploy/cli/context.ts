import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { type StateFolder, stateFolder } from '../local/state-folder.js';
import { UsageError } from './terminal/usage-error.js';

/** A deployment on Google Cloud. */
export interface DeploymentRef {
  readonly project: string;
  readonly bucket: string;
}

/** The global options; they may stand anywhere on the command line. */
export interface Context {
  readonly state: StateFolder;
  /** The deployment to work on; undefined: the state folder. */
  readonly cloud: DeploymentRef | undefined;
  /** The bucket of the embedded runtime, from `--bucket`. */
  readonly localBucket: string | undefined;
  /** Milliseconds to wait for the effect in a deployment; undefined: publish and do not wait. */
  readonly wait: number | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The fixed clock, from `--now`. */
  readonly now: Date | undefined;
}

export const DEFAULT_STATE = 'data';
const DEFAULT_WAIT_SECONDS = 600;

export const addGlobalOptions = (command: Command): Command =>
  command
    .option('--state <dir>', 'folder of the embedded runtime (default: data)')
    .option('--project <id>', 'work on the deployment in this Google Cloud project')
    .option(
      '--bucket <name>',
      'bucket of the deployment (default: BUCKET); for a run without --project: bucket of the embedded runtime (default: live-pool-local)',
    )
    .option('--format <format>', 'text or json (default: text)')
    .option('--quiet', 'no progress on stderr')
    .option('--now <iso>', 'fixed clock, e.g. 2026-03-14T00:30:00Z (default: the system clock)');

/** The options of commands that publish a message and wait for its effect. */
export const addWaitOptions = (command: Command): Command =>
  command
    .option(
      '--wait <seconds>',
      `with --project: how long to wait for the effect (default: ${DEFAULT_WAIT_SECONDS})`,
    )
    .option('--no-wait', 'with --project: publish the message and exit at once');

const textOption = (options: Record<string, unknown>, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};

const folderOf = (root: string): StateFolder => {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new UsageError(
      `--state: expected a folder or the name of a new one, got the file ${root}`,
    );
  return stateFolder(root);
};

const instant = (text: string | undefined): Date | undefined => {
  if (text === undefined) return undefined;
  const parsed = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(parsed.getTime()))
    throw new UsageError(`--now: expected an instant like 2026-03-14T00:30:00Z, got ${text}`);
  return parsed;
};

const waitOf = (given: unknown, cloud: DeploymentRef | undefined): number | undefined => {
  if (given !== undefined && cloud === undefined)
    throw new UsageError(
      '--wait and --no-wait need --project: the embedded runtime has finished when the command returns',
    );
  if (given === false) return undefined;
  const seconds = given === undefined ? DEFAULT_WAIT_SECONDS : Number(given);
  if (!Number.isFinite(seconds) || seconds <= 0)
    throw new UsageError(`--wait: expected a number of seconds, got ${String(given)}`);
  return seconds * 1000;
};

/** The targets that a command supports. */
export interface TargetSupport {
  /** Default: state folders and deployments. */
  readonly targets?: 'both' | 'local';
  /** True for commands that run the month: `--bucket` names the embedded runtime's bucket. */
  readonly localBucket?: boolean;
}

const cloudOf = (
  options: Readonly<Record<string, unknown>>,
  { targets = 'both', localBucket = false }: TargetSupport,
): DeploymentRef | undefined => {
  const project = textOption(options, 'project');
  const bucket = textOption(options, 'bucket');
  if (project === undefined) {
    if (bucket !== undefined && !localBucket)
      throw new UsageError(
        '--bucket needs --project; without --project the command uses the bucket of the last run',
      );
    return undefined;
  }
  if (targets === 'local')
    throw new UsageError('--project: this command supports state folders only; use --state');
  if (options.state !== undefined)
    throw new UsageError(
      '--state and --project cannot be combined: name a state folder or a deployment',
    );
  const named = bucket ?? process.env.BUCKET ?? '';
  if (named === '')
    throw new UsageError('--project needs a bucket: pass --bucket NAME or set BUCKET');
  return { project, bucket: named };
};

export const contextOf = (command: Command, support: TargetSupport = {}): Context => {
  const options: Record<string, unknown> = command.optsWithGlobals();
  const format = textOption(options, 'format') ?? 'text';
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`--format: expected text or json, got ${format}`);
  const cloud = cloudOf(options, support);
  return {
    state: folderOf(textOption(options, 'state') ?? DEFAULT_STATE),
    cloud,
    localBucket: cloud === undefined ? textOption(options, 'bucket') : undefined,
    wait: waitOf(options.wait, cloud),
    json: format === 'json',
    quiet: options.quiet === true,
    now: instant(textOption(options, 'now')),
  };
};

/** Writes the result to stdout, in the format of `--format`. */
export const print = (context: Context, json: unknown, text: () => string): void => {
  process.stdout.write(`${context.json ? JSON.stringify(json, null, 2) : text()}\n`);
};

/** Writes a message to stderr. */
export const warn = (message: string): void => {
  process.stderr.write(`${message}\n`);
};

/** Sets the exit code of the process. */
export type SetExitCode = (exitCode: number) => void;

/** The implementation of a command: reads its options and resolves to the exit code. */
export type Action = (command: Command) => Promise<number>;
