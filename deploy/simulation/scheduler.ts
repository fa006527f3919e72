import type { Random } from './random.js';

/** A handler at work on one delivery. */
export interface SimulatedProcess {
  /** The machine hangs: every call takes as long as many of others. */
  readonly hangs: boolean;
  /** It has died: nothing of it will happen any more. */
  dead: boolean;
}

interface Waiting {
  readonly process: SimulatedProcess;
  readonly share: number;
  readonly go: () => void;
}

/** Holds every port call until it is given its turn, one at a time. */
export interface Scheduler {
  /** The task, once its turn has come; never, if the process dies before. */
  readonly enqueue: <A>(
    process: SimulatedProcess,
    slow: boolean,
    task: () => Promise<A>,
  ) => Promise<A>;
  /** Only slow calls wait: time passes. */
  readonly idle: () => boolean;
  /** Gives one waiting call its turn; false if none waits. */
  readonly runNext: (random: Random) => boolean;
}

export const never = <A>(): Promise<A> => new Promise<A>(() => undefined);

/** How often a call gets its turn, compared with a slow one. */
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
    enqueue: (process, slow, task) =>
      process.dead
        ? never()
        : new Promise((resolve) => {
            const share = slow || process.hangs ? 1 : NORMAL_WEIGHT;
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
