import type { FunctionName } from '../../shared/topology.js';
import { MONTHS, scheduledAt } from './fixture-market.js';
import type { Random } from './random.js';

/** What becomes of one side effect, and of the handler that asked for it. */
export type EffectOutcome =
  | 'done'
  /** Not done, and the handler is told so. */
  | 'failed'
  /** The handler dies before it. */
  | 'dies_before'
  /** It is done, and the handler dies before it hears of it. */
  | 'dies_after'
  /** It is done, and the handler is told that it failed. */
  | 'ambiguous';

/** A crash before, after, and one that leaves the handler with the wrong belief. */
export const CRASH_OUTCOMES = [
  'dies_before',
  'dies_after',
  'ambiguous',
] as const satisfies EffectOutcome[];

/** Everything that can go wrong around the functions. Times in milliseconds. */
export interface FaultModel {
  /** How many deliveries may be at work at once. */
  readonly maxConcurrency: number;
  /** What becomes of the next side effect of the world. */
  readonly effectOutcome: () => EffectOutcome;
  readonly readFails: () => boolean;
  /** How long each copy of a message is under way. */
  readonly deliveryDelays: () => readonly number[];
  /** How long it takes until a message that was not acknowledged comes again. */
  readonly backoff: () => number;
  /** The machine that takes the next delivery hangs. */
  readonly hangs: () => boolean;
  /** The next port call takes long. */
  readonly slow: () => boolean;
  /** When a message for a function gets through that would arrive at `due`. */
  readonly availableAt: (name: FunctionName, due: number) => number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const noFaults: FaultModel = {
  maxConcurrency: 1,
  effectOutcome: () => 'done',
  readFails: () => false,
  deliveryDelays: () => [0],
  backoff: () => 10 * SECOND,
  hangs: () => false,
  slow: () => false,
  availableAt: (_name, due) => due,
};

/** All goes well but for the `effect`-th side effect, counted from 0. */
export const crashAtEffect = (
  faults: FaultModel,
  effect: number,
  crash: EffectOutcome,
): FaultModel => {
  let effects = 0;
  return {
    ...faults,
    effectOutcome: () => {
      const suffered = faults.effectOutcome();
      effects += 1;
      return effects - 1 === effect ? crash : suffered;
    },
  };
};

/** A message is dropped, or waits in a queue that nobody serves: mostly seconds, up to 40 days. */
const deliveryDelay = (random: Random): number => {
  const luck = random.below(100);
  if (luck < 65) return random.below(5 * SECOND);
  if (luck < 85) return random.below(10 * MINUTE);
  if (luck < 93) return random.below(5 * HOUR);
  if (luck < 97) return random.below(4 * DAY);
  return random.below(40 * DAY);
};

/** While a function is out, its messages pile up; when it is back, they come all at once. */
const outage = (random: Random): FaultModel['availableAt'] => {
  const out = random.pick(['promote', 'promote', 'promote', 'sync-firestore', 'rank'] as const);
  const from = scheduledAt(random.pick(MONTHS)) + random.between(-DAY, HOUR);
  const to = from + random.between(HOUR, 40 * DAY);
  return (name, due) => (name === out && due >= from && due < to ? to + random.below(SECOND) : due);
};

/** Duplicates multiply along the flow; budgets keep a schedule short enough to be run a lot. */
const MOST_COPIES = 6;
const MOST_CRASHES = 12;

export const seededFaults = (random: Random): FaultModel => {
  const crashRate = random.pick([0, 0.01, 0.04, 0.15]);
  const copyRate = random.pick([0, 0.1, 0.3]);
  const hangRate = random.pick([0, 0.2, 0.5]);
  const slowRate = random.pick([0, 0.03, 0.1]);
  const steady = random.chance(0.4);
  const arrival = random.chance(0.7) ? outage(random) : noFaults.availableAt;
  let copies = MOST_COPIES;
  let crashes = MOST_CRASHES;
  const drawFault = (rate: number): boolean => {
    if (crashes === 0 || !random.chance(rate)) return false;
    crashes -= 1;
    return true;
  };
  return {
    maxConcurrency: random.between(1, 6),
    effectOutcome: () =>
      drawFault(crashRate)
        ? random.pick(['failed', 'dies_before', 'dies_after', 'ambiguous'] as const)
        : 'done',
    readFails: () => drawFault(crashRate / 5),
    deliveryDelays: () => {
      const more = random.chance(copyRate) ? Math.min(copies, random.between(1, 5)) : 0;
      copies -= more;
      return Array.from({ length: 1 + more }, () =>
        steady ? random.below(2 * SECOND) : deliveryDelay(random),
      );
    },
    backoff: () => random.between(10 * SECOND, 10 * MINUTE),
    hangs: () => random.chance(hangRate),
    slow: () => random.chance(slowRate),
    availableAt: arrival,
  };
};
