import type { FunctionName } from '../../shared/topology.js';
import { MONTHS, scheduledAt } from './fixture-market.js';
import type { Random } from './random.js';
import type { CallSpeed } from './scheduler.js';

/** The outcome of one side effect, and of the handler that requested it. */
export type EffectOutcome =
  | 'done'
  /** The effect does not take place, and the handler gets a failure. */
  | 'failed'
  /** The handler crashes before the effect takes place. */
  | 'dies_before'
  /** The effect takes place, and the handler crashes before it gets the result. */
  | 'dies_after'
  /** The effect takes place, and the handler gets a failure. */
  | 'ambiguous';

/** The outcomes that are injected at every side effect. */
export const CRASH_OUTCOMES = [
  'dies_before',
  'dies_after',
  'ambiguous',
] as const satisfies EffectOutcome[];

/** Every fault that can be injected around the functions. Times in milliseconds. */
export interface FaultModel {
  /** How many deliveries may be processed at once. */
  readonly maxConcurrency: number;
  /** The outcome of the next side effect. */
  readonly effectOutcome: () => EffectOutcome;
  readonly readFails: () => boolean;
  /** The delay of each copy of a message. */
  readonly deliveryDelays: () => readonly number[];
  /** The delay until a message that was not acknowledged is delivered again. */
  readonly backoff: () => number;
  /** Whether the instance that handles the next delivery hangs. */
  readonly hangs: () => boolean;
  /** The speed of the next port call. */
  readonly speed: () => CallSpeed;
  /** When a message that is due at `due` reaches the function: later during an outage. */
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
  speed: () => 'normal',
  availableAt: (_name, due) => due,
};

/** The given faults, with `crash` as the outcome of one side effect, counted from 0. */
export const crashAtEffect = (
  faults: FaultModel,
  effect: number,
  crash: EffectOutcome,
): FaultModel => {
  let effects = 0;
  return {
    ...faults,
    effectOutcome: () => {
      const outcome = faults.effectOutcome();
      effects += 1;
      return effects - 1 === effect ? crash : outcome;
    },
  };
};

/** Mostly seconds; up to 40 days for a message whose subscriber is down. */
const deliveryDelay = (random: Random): number => {
  const draw = random.below(100);
  if (draw < 65) return random.below(5 * SECOND);
  if (draw < 85) return random.below(10 * MINUTE);
  if (draw < 93) return random.below(5 * HOUR);
  if (draw < 97) return random.below(4 * DAY);
  return random.below(40 * DAY);
};

/** During an outage of a function its messages wait; afterwards all are delivered at once. */
const outage = (random: Random): FaultModel['availableAt'] => {
  const unavailable = random.pick([
    'promote',
    'promote',
    'promote',
    'sync-firestore',
    'rank',
  ] as const);
  const from = scheduledAt(random.pick(MONTHS)) + random.between(-DAY, HOUR);
  const to = from + random.between(HOUR, 40 * DAY);
  return (name, due) =>
    name === unavailable && due >= from && due < to ? to + random.below(SECOND) : due;
};

/** Duplicates multiply along the flow; these limits keep a schedule short. */
const MAX_COPIES = 6;
const MAX_CRASHES = 12;

export const seededFaults = (random: Random): FaultModel => {
  const crashRate = random.pick([0, 0.01, 0.04, 0.15]);
  const copyRate = random.pick([0, 0.1, 0.3]);
  const hangRate = random.pick([0, 0.2, 0.5]);
  const slowRate = random.pick([0, 0.03, 0.1]);
  const steady = random.chance(0.4);
  const arrival = random.chance(0.7) ? outage(random) : noFaults.availableAt;
  let copies = MAX_COPIES;
  let crashes = MAX_CRASHES;
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
    speed: () => (random.chance(slowRate) ? 'slow' : 'normal'),
    availableAt: arrival,
  };
};
