import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly words: string;
}

/** The pids of all running processes, without zombies. */
const processes = (): readonly Listed[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, state, words] =
        /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? ([] as const);
      if (words === undefined || state?.startsWith('Z')) return [];
      return [{ pid: Number(pid), parent: Number(parent), words }];
    });

export const childrenOf = (pid: number): readonly Listed[] =>
  processes().filter(({ parent }) => parent === pid);

const POLL_MILLISECONDS = 20;

/** Polls until none of the processes is left; limited by the test's timeout. */
export const untilGone = async (pids: readonly number[]): Promise<void> => {
  while (processes().some(({ pid }) => pids.includes(pid))) await sleep(POLL_MILLISECONDS);
};
