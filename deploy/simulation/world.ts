import { setImmediate } from 'node:timers/promises';
import type { Attributes } from '../../shared/ports/publisher.js';
import type { Topic } from '../../shared/topology.js';
import type { FaultModel } from './faults.js';
import type { Random } from './random.js';
import { headSequence, type StoreContents } from './store-contents.js';
import type { Mutation } from './store-mutations.js';
import { send } from './transport.js';
import { createWorldState, type WorldState } from './world-state.js';

export interface World {
  readonly contents: StoreContents;
  /** Schedules an action at an instant (milliseconds). */
  readonly at: (instant: number, act: () => void) => void;
  /** Publishes a message at the current instant. */
  readonly publish: (topic: Topic, data: Uint8Array, attributes?: Attributes) => void;
  /** Runs an action once, right after the next promotion. */
  readonly onPromotion: (act: () => void) => void;
  /** Runs the world until no event and no process is left. */
  readonly run: () => Promise<WorldReport>;
}

export interface WorldReport {
  /** One sentence for each invariant that was violated. */
  readonly violations: readonly string[];
  /** Side effects that handlers requested. */
  readonly effects: number;
  readonly deliveries: number;
  /** True if a message was dead-lettered because its release was too old. */
  readonly expired: boolean;
}

/** Two deliveries may overlap if they are due within this time, or if one of them hangs. */
const OVERLAP = 15 * 60_000;
/** More turns than any schedule needs: a schedule that reaches it never ends. */
const MAX_TURNS = 100_000;

/** Decides whether the next event starts now or a process that is already running continues. */
const startsNow = (
  { working, faults, now, scheduler }: WorldState,
  random: Random,
  due: number,
): boolean => {
  if (working.size === 0) return true;
  if (working.size >= faults.maxConcurrency) return false;
  if (due - now <= OVERLAP) return random.chance(0.3);
  return random.chance(scheduler.idle() ? 0.1 : 0.002);
};

const runToRest = async (
  state: WorldState,
  random: Random,
  watchers: (() => void)[],
): Promise<void> => {
  const { events, scheduler, working, stores, report } = state;
  let head = 0;
  for (let turn = 0; ; turn += 1) {
    // Handlers await ports only: after this each one is at its next call, or has ended.
    await setImmediate();
    if (headSequence(stores.contents) !== head) {
      head = headSequence(stores.contents);
      for (const act of watchers.splice(0)) act();
    }
    const due = events.next();
    if (due === undefined && working.size === 0) return;
    if (turn === MAX_TURNS) return report(`the world did not come to rest in ${MAX_TURNS} turns`);
    if (due !== undefined && startsNow(state, random, due)) {
      state.now = Math.max(state.now, due);
      events.take()?.();
    } else if (!scheduler.runNext(random))
      return report('a handler waits for something that is not a port');
  }
};

/** The pipeline, its stores and its transport in memory, under a virtual clock. */
export const makeWorld = (random: Random, faults: FaultModel, mutation?: Mutation): World => {
  const state = createWorldState(faults, mutation);
  const watchers: (() => void)[] = [];
  return {
    get contents() {
      return state.stores.contents;
    },
    at: state.events.add,
    onPromotion: (act) => {
      watchers.push(act);
    },
    publish: (topic, data, attributes = {}) => send(state, topic, data, attributes),
    run: async () => {
      await runToRest(state, random, watchers);
      const { violations, effects, deliveries, expired } = state;
      return { violations: [...violations], effects, deliveries, expired };
    },
  };
};
