import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/**
 * Kills a child when this process ends, even by SIGKILL. No handler runs after SIGKILL, so a small
 * shell in its own session waits on a pipe: the pipe closes when this process ends, and the shell
 * kills the child.
 */
export const killOnParentExit = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  const watchdog = spawn(
    'sh',
    ['-c', 'read line; kill -KILL "$1" 2>/dev/null', 'sh', String(child.pid)],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  // The system may reuse the pid.
  child.once('exit', () => watchdog.kill('SIGKILL'));
};

/** Kills a child if it is running, and waits until it has ended. No child needs to clean up. */
export const killed = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
};

/** Describes how a child ended, for messages. */
export const endOf = ({ exitCode, signalCode }: ChildProcess): string =>
  signalCode === null ? `exit code ${exitCode}` : signalCode;

/** Whether a child never started or has ended. */
export const isGone = (child: ChildProcess): boolean => child.pid === undefined || hasEnded(child);
