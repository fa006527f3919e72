import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/**
 * Sees to it that a child does not outlive this process, however this process ends. No handler runs
 * after SIGKILL; but then the pipe closes on which a small shell, in a session of its own, is
 * waiting, and the shell kills the child.
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
  // Its pid may be somebody else's soon.
  child.once('exit', () => watchdog.kill('SIGKILL'));
};

/** Kills a child if it lives, and waits until it is gone. Nothing that we start has to wind up. */
export const killed = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
};

/** How a child ended, for a sentence. */
export const endOf = ({ exitCode, signalCode }: ChildProcess): string =>
  signalCode === null ? `exit code ${exitCode}` : signalCode;

/** Whether a child never started or has ended. */
export const isGone = (child: ChildProcess): boolean => child.pid === undefined || hasEnded(child);
