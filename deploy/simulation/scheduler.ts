import type { Random } from './random.js';

/** A handler that processes one delivery. */
export interface SimulatedProcess {
  /** The instance hangs: each of its calls takes as long as many calls of other processes. */
  readonly hangs: boolean;
  /** The process has crashed: none of its waiting calls will run. */
  dead: boolean;
}

interface Waiting {
  readonly process: SimulatedProcess;
  readonly share: number;
  readonly go: () => void;
}

/** A slow call waits until other calls have run. */
export type CallSpeed = 'normal' | 'slow';

/** Queues every port call and runs them one at a time. */
export interface Scheduler {
  /** Resolves with the task's result; never resolves if the process crashes before its turn. */
  readonly enqueue: <A>(
    process: SimulatedProcess,
    speed: CallSpeed,
    task: () => Promise<A>,
  ) => Promise<A>;
  /** True if only slow calls wait. */
  readonly idle: () => boolean;
  /** Runs one waiting call; false if none waits. */
  readonly runNext: (random: Random) => boolean;
}

export const never = <A>(): Promise<A> => new Promise<A>(() => undefined);

/** How often a normal call is chosen, compared with a slow one. */
const NORMAL_WEIGHT = 50;

const chosen = (waiting: readonly Waiting[], random: Random): number => {
  let left = random.below(waiting.reduce((sum, { share }) => sum + share, 0));
  return waiting.findIndex(({ share }) => {
    left -= share;
    return left < 0;
  });
};

export const createScheduler = (): Scheduler => {
  let waiting: Waiting[] = [];
  return {
    enqueue: (process, speed, task) =>
      process.dead
        ? never()
        : new Promise((resolve) => {
            const share = speed === 'slow' || process.hangs ? 1 : NORMAL_WEIGHT;
            waiting.push({ process, share, go: () => resolve(task()) });
          }),
    idle: () => waiting.every(({ process, share }) => process.dead || share < NORMAL_WEIGHT),
    runNext: (random) => {
      waiting = waiting.filter(({ process }) => !process.dead);
      const [next] = waiting.splice(chosen(waiting, random), 1);
      next?.go();
      return next !== undefined;
    },
  };
};
