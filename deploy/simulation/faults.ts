import type { FunctionName } from '../../shared/topology.js';
import { MONTHS, tickOf } from './fixture-market.js';
import type { Random } from './random.js';

/** What becomes of one side effect, and of the handler that asked for it. */
export type Fate =
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
export const CRASHES = ['dies_before', 'dies_after', 'ambiguous'] as const satisfies Fate[];

/** Everything that can go wrong around the functions. Times in milliseconds. */
export interface Misfortune {
  /** How many deliveries may be at work at once. */
  readonly atOnce: number;
  /** What becomes of the next side effect of the world. */
  readonly fate: () => Fate;
  readonly readFails: () => boolean;
  /** How long each copy of a message is under way. */
  readonly journeys: () => readonly number[];
  /** How long it takes until a message that was not acknowledged comes again. */
  readonly backoff: () => number;
  /** The machine that takes the next delivery hangs. */
  readonly hangs: () => boolean;
  /** The next port call takes long. */
  readonly slow: () => boolean;
  /** When a message for a function gets through that would arrive at `due`. */
  readonly arrival: (name: FunctionName, due: number) => number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const calm: Misfortune = {
  atOnce: 1,
  fate: () => 'done',
  readFails: () => false,
  journeys: () => [0],
  backoff: () => 10 * SECOND,
  hangs: () => false,
  slow: () => false,
  arrival: (_name, due) => due,
};

/** All goes well but for the `effect`-th side effect, counted from 0. */
export const crashingAt = (misfortune: Misfortune, effect: number, crash: Fate): Misfortune => {
  let effects = 0;
  return {
    ...misfortune,
    fate: () => {
      const suffered = misfortune.fate();
      effects += 1;
      return effects - 1 === effect ? crash : suffered;
    },
  };
};

/** A message is dropped, or waits in a queue that nobody serves: mostly seconds, up to 40 days. */
const journey = (random: Random): number => {
  const luck = random.below(100);
  if (luck < 65) return random.below(5 * SECOND);
  if (luck < 85) return random.below(10 * MINUTE);
  if (luck < 93) return random.below(5 * HOUR);
  if (luck < 97) return random.below(4 * DAY);
  return random.below(40 * DAY);
};

/** While a function is out, its messages pile up; when it is back, they come all at once. */
const outage = (random: Random): Misfortune['arrival'] => {
  const out = random.pick(['promote', 'promote', 'promote', 'sync-firestore', 'rank'] as const);
  const from = tickOf(random.pick(MONTHS)) + random.between(-DAY, HOUR);
  const to = from + random.between(HOUR, 40 * DAY);
  return (name, due) => (name === out && due >= from && due < to ? to + random.below(SECOND) : due);
};

/** Duplicates multiply along the flow; budgets keep a schedule short enough to be run a lot. */
const MOST_COPIES = 6;
const MOST_CRASHES = 12;

export const seededMisfortune = (random: Random): Misfortune => {
  const crashRate = random.pick([0, 0.01, 0.04, 0.15]);
  const copyRate = random.pick([0, 0.1, 0.3]);
  const hangRate = random.pick([0, 0.2, 0.5]);
  const slowRate = random.pick([0, 0.03, 0.1]);
  const steady = random.chance(0.4);
  const arrival = random.chance(0.7) ? outage(random) : calm.arrival;
  let copies = MOST_COPIES;
  let crashes = MOST_CRASHES;
  const strikes = (rate: number): boolean => {
    if (crashes === 0 || !random.chance(rate)) return false;
    crashes -= 1;
    return true;
  };
  return {
    atOnce: random.between(1, 6),
    fate: () =>
      strikes(crashRate)
        ? random.pick(['failed', 'dies_before', 'dies_after', 'ambiguous'] as const)
        : 'done',
    readFails: () => strikes(crashRate / 5),
    journeys: () => {
      const more = random.chance(copyRate) ? Math.min(copies, random.between(1, 5)) : 0;
      copies -= more;
      return Array.from({ length: 1 + more }, () =>
        steady ? random.below(2 * SECOND) : journey(random),
      );
    },
    backoff: () => random.between(10 * SECOND, 10 * MINUTE),
    hangs: () => random.chance(hangRate),
    slow: () => random.chance(slowRate),
    arrival,
  };
};
