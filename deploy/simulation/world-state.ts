import type { ObjectStore } from '../../shared/ports/object-store.js';
import { type CheckedStores, checkedStores } from './checked-stores.js';
import { type EventQueue, eventQueue } from './event-queue.js';
import type { FaultModel } from './faults.js';
import { createScheduler, type Scheduler, type SimulatedProcess } from './scheduler.js';
import { SIMULATION_CONFIG } from './simulation-config.js';
import { applyMutation, type Mutation } from './store-mutations.js';

/** What the transport and the event loop of one simulated world share. */
export interface WorldState {
  readonly stores: CheckedStores;
  /** The object store of `stores`, with the mutation applied. */
  readonly objects: ObjectStore;
  /** False under the mutation that removes the isolation of transactions. */
  readonly isolated: boolean;
  readonly faults: FaultModel;
  readonly scheduler: Scheduler;
  readonly events: EventQueue;
  /** The processes that have not finished. */
  readonly working: Set<SimulatedProcess>;
  readonly violations: Set<string>;
  readonly report: (violation: string) => void;
  /** The virtual clock, in milliseconds. */
  now: number;
  /** Side effects requested so far. */
  effects: number;
  deliveries: number;
  /** True once a message was dead-lettered because its release was too old. */
  expired: boolean;
}

const MAX_VIOLATIONS = 20;

export const createWorldState = (faults: FaultModel, mutation?: Mutation): WorldState => {
  const violations = new Set<string>();
  const report = (violation: string): void => {
    if (violations.size < MAX_VIOLATIONS) violations.add(violation);
  };
  const stores = checkedStores(SIMULATION_CONFIG, report);
  const state: WorldState = {
    stores,
    objects: applyMutation(stores.objects, mutation),
    isolated: mutation !== 'no-transaction',
    faults: {
      ...faults,
      effectOutcome: () => {
        state.effects += 1;
        return faults.effectOutcome();
      },
    },
    scheduler: createScheduler(),
    events: eventQueue(),
    working: new Set(),
    violations,
    report,
    now: 0,
    effects: 0,
    deliveries: 0,
    expired: false,
  };
  return state;
};
