import { rmSync } from 'node:fs';
import { CommanderError } from 'commander';
import { errorMessage } from '../../shared/codec/error-message.js';
import { localConfig } from '../cli/local-config.js';
import { EXIT } from '../cli/terminal/exit-code.js';
import { exitCodeOfError } from '../cli/terminal/exit-code-of-error.js';
import { type Arguments, parseArguments } from './arguments.js';
import { openPipeline } from './open-pipeline.js';
import { rejectUnknownCommand, runCommand, statusOfSignal } from './run-command.js';
import { guidance, type Served } from './startup-message.js';

const writeStderr = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

/**
 * The current signal handler. During start-up, and without a command, a signal ends this process.
 */
let onSignal = (signal: NodeJS.Signals): void => process.exit(statusOfSignal(signal));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => onSignal(signal));

const sourceRevision = () => {
  const { sourceRevision: revision } = localConfig({});
  if (revision === undefined)
    writeStderr(
      'The source commit is unknown: this is not a git clone, and SOURCE_REVISION is not set.',
    );
  return revision;
};

/** Waits for a signal or for `dead` to fire. */
const interrupted = (dead: AbortSignal): Promise<number> =>
  new Promise((resolve) => {
    onSignal = (signal) => resolve(statusOfSignal(signal));
    dead.addEventListener('abort', () => resolve(EXIT.unexpected));
  });

const finished = async (
  command: readonly string[],
  { variables, logFolder }: Served,
  dead: AbortSignal,
): Promise<number> => {
  const running = runCommand(command, variables);
  // The command decides when it ends after a signal; the emulators run until then.
  onSignal = running.signal;
  dead.addEventListener('abort', () => running.signal('SIGTERM'));
  const status = await running.status.catch((error: unknown) => {
    // The command never ran, so the logs are of no use.
    rmSync(logFolder, { recursive: true, force: true });
    throw error;
  });
  if (status === EXIT.ok && !dead.aborted) rmSync(logFolder, { recursive: true, force: true });
  else writeStderr(`The command ended with status ${status}; the logs are in ${logFolder}.`);
  return dead.aborted ? EXIT.unexpected : status;
};

const run = async ({ projectId, bucket, command }: Arguments): Promise<number> => {
  const [program] = command;
  if (program !== undefined) rejectUnknownCommand(program, process.env.PATH ?? '');
  const start = performance.now();
  const death = new AbortController();
  const { served, stop } = await openPipeline({
    project: { projectId, bucket },
    environment: process.env,
    sourceRevision: sourceRevision(),
    quiet: command.length > 0,
    died: (sentence) => {
      writeStderr(sentence);
      death.abort();
    },
  });
  try {
    const seconds = (performance.now() - start) / 1000;
    writeStderr(`Emulators and functions are up after ${seconds.toFixed(1)} s.`);
    if (command.length > 0) return await finished(command, served, death.signal);
    process.stdout.write(`${guidance(served)}\n`);
    return await interrupted(death.signal);
  } finally {
    await stop();
  }
};

const exitCodeAfter = (error: unknown): number => {
  // Commander prints its own messages.
  if (!(error instanceof CommanderError)) writeStderr(`error: ${errorMessage(error)}`);
  return exitCodeOfError(error);
};

try {
  process.exit(await run(parseArguments(process.argv.slice(2))));
} catch (error) {
  process.exit(exitCodeAfter(error));
}
