import { setImmediate } from 'node:timers/promises';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { makeHandlers } from '../../functions/handlers.js';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import type { Revision } from '../../shared/codec/primitives.js';
import type { PipelineConfig } from '../../shared/config.js';
import { CONTRACT, DEFAULTS } from '../../shared/contract/constants.js';
import { limitedPublisher } from '../../shared/ports/limited-publisher.js';
import type { LogEntry } from '../../shared/ports/log.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import type { WindowScorer } from '../../shared/research/walk-forward/window-scorer.js';
import { type FunctionName, type Topic, topics, topology } from '../../shared/topology.js';
import { checkedStores } from './checked-stores.js';
import { acknowledgementViolations, type PublishedMessage } from './delivery-invariants.js';
import { eventQueue } from './event-queue.js';
import type { FaultModel } from './faults.js';
import { faultyPorts, type SimulatedPorts } from './faulty-ports.js';
import { fixtureMarket, fixtureRanker } from './fixture-market.js';
import type { Random } from './random.js';
import { createScheduler, type SimulatedProcess } from './scheduler.js';
import { headSequence, type StoreContents } from './store-contents.js';
import { applyMutation, type Mutation } from './store-mutations.js';
import { stubReportRenderer } from './stub-report-renderer.js';

export const SIMULATION_CONFIG: PipelineConfig = {
  bucket: 'simulated-bucket',
  rootPrefix: DEFAULTS.rootPrefix,
  sourceProject: DEFAULTS.sourceProject,
  contract: CONTRACT,
  defaultMode: DEFAULTS.mode,
  poolSize: DEFAULTS.poolSize,
  maxAgeDays: DEFAULTS.maxAgeDays,
  firestoreCollection: DEFAULTS.firestoreCollection,
  firestoreDocument: DEFAULTS.firestoreDocument,
  selectionMeta: false,
  actor: 'simulation',
  sourceRevision: '0123456789abcdef0123456789abcdef01234567' as Revision,
};

interface Message {
  readonly data: Uint8Array;
  readonly attributes: Attributes;
  readonly publishTime: string;
}

export interface World {
  readonly contents: StoreContents;
  /** Has something happen at an instant (milliseconds). */
  readonly at: (instant: number, act: () => void) => void;
  /** Puts a message on its way, from now on. */
  readonly publish: (topic: Topic, data: Uint8Array, attributes?: Attributes) => void;
  /** Has something happen once, right after the next promotion. */
  readonly onPromotion: (act: () => void) => void;
  /** Lets everything happen, until nothing is left; the sentences say what broke a rule. */
  readonly run: () => Promise<WorldReport>;
}

export interface WorldReport {
  readonly violations: readonly string[];
  /** Side effects that were asked for. */
  readonly effects: number;
  readonly deliveries: number;
  /** A message came too late for its release. */
  readonly expired: boolean;
}

/** Two deliveries overlap if they are due within this time, or one of them hangs. */
const OVERLAP = 15 * 60_000;
/** No schedule needs more turns; one that does goes round in circles. */
const MOST_TURNS = 100_000;
const MOST_PROBLEMS = 20;

/** The shadow history can reach nothing that is watched here, and is crashed in its own tests. */
const isSimulated = (name: FunctionName): boolean => name !== 'shadow';

const noScorer: WindowScorer = {
  model: 'none',
  score: () => TE.left(permanent('unexpected', 'the simulation has no shadow history')),
};

const archiveKey = (topic: string, data: Uint8Array): string => {
  const id = /"event_id":"([0-9a-f]{64})"/.exec(Buffer.from(data).toString('utf8'))?.[1];
  return `events/${topic}/${id}.json`;
};

/** The pipeline, its stores and its transport in memory, under a virtual clock. */
export const makeWorld = (random: Random, faults: FaultModel, mutation?: Mutation): World => {
  const problems = new Set<string>();
  const report = (problem: string): void => {
    if (problems.size < MOST_PROBLEMS) problems.add(problem);
  };
  const stores = checkedStores(SIMULATION_CONFIG, report);
  const objects = applyMutation(stores.objects, mutation);
  const scheduler = createScheduler();
  const plans = eventQueue();
  const working = new Set<SimulatedProcess>();
  const watchers: (() => void)[] = [];
  let now = 0;
  let head = 0;
  let effects = 0;
  let deliveries = 0;
  let expired = false;

  const counted: FaultModel = {
    ...faults,
    effectOutcome: () => {
      effects += 1;
      return faults.effectOutcome();
    },
  };

  const deliverAt = (due: number, name: FunctionName, message: Message): void =>
    plans.add(faults.availableAt(name, due), () => deliver(name, message));

  const send = (topic: string, data: Uint8Array, attributes: Attributes): void => {
    const known = topics.find((one) => one === topic);
    if (known === undefined) return;
    const message = { data, attributes, publishTime: new Date(now).toISOString() };
    for (const name of topology[known].subscribers.filter(isSimulated))
      for (const journey of faults.deliveryDelays()) deliverAt(now + journey, name, message);
  };

  const portsOf = (said: PublishedMessage[]): SimulatedPorts => ({
    objects,
    documents: stores.documents,
    source: fixtureMarket,
    ranker: fixtureRanker,
    publisher: limitedPublisher({
      publish: (topic, data, attributes) =>
        TE.fromIO(() => {
          const stored = stores.contents.objects.get(archiveKey(topic, data));
          const archived = stored !== undefined && Buffer.compare(stored.bytes, data) === 0;
          said.push({ topic, attributes, archived });
          if (attributes.dead_letter_code === 'stale') expired = true;
          send(topic, data, attributes);
          return `sent at ${now}`;
        }),
    }),
  });

  const deliver = (name: FunctionName, message: Message): void => {
    deliveries += 1;
    const log: LogEntry[] = [];
    const said: PublishedMessage[] = [];
    const process: SimulatedProcess = { hangs: faults.hangs(), dead: false };
    working.add(process);
    const again = (): void => {
      working.delete(process);
      deliverAt(now + faults.backoff(), name, message);
    };
    const crash = (): void => {
      process.dead = true;
      again();
    };
    const circumstances = {
      turns: scheduler,
      process,
      misfortune: counted,
      crash,
      isolated: mutation !== 'no-transaction',
    };
    const environment = {
      config: SIMULATION_CONFIG,
      scorer: noScorer,
      reporter: stubReportRenderer,
      clock: () => new Date(now),
      log: (entry: LogEntry) => {
        log.push(entry);
      },
      ...faultyPorts(portsOf(said), circumstances),
    };
    const event = {
      data: {
        message: {
          data: Buffer.from(message.data).toString('base64'),
          attributes: message.attributes,
          messageId: `delivery-${deliveries}`,
          publishTime: message.publishTime,
        },
      },
    };
    makeHandlers(async () => environment)
      [name](event)
      .then(
        () => {
          working.delete(process);
          acknowledgementViolations(name, message.attributes, log, said).forEach(report);
        },
        (error: unknown) => {
          if (!(error instanceof FailureError)) report(`${name} threw ${String(error)}`);
          else if (error.failure.code === 'unexpected') report(`${name}: ${error.failure.message}`);
          again();
        },
      );
  };

  const begins = (due: number): boolean => {
    if (working.size === 0) return true;
    if (working.size >= faults.maxConcurrency) return false;
    if (due - now <= OVERLAP) return random.chance(0.3);
    return random.chance(scheduler.idle() ? 0.1 : 0.002);
  };

  const run = async (): Promise<WorldReport> => {
    for (let turn = 0; ; turn += 1) {
      // Handlers wait for nothing but ports: after this, each has come to its next call or its end.
      await setImmediate();
      if (headSequence(stores.contents) !== head) {
        head = headSequence(stores.contents);
        for (const act of watchers.splice(0)) act();
      }
      const due = plans.next();
      if (due === undefined && working.size === 0) break;
      if (turn === MOST_TURNS) {
        report('the world does not come to rest');
        break;
      }
      if (due !== undefined && begins(due)) {
        now = Math.max(now, due);
        plans.take()?.();
      } else if (!scheduler.runNext(random)) {
        report('a handler waits for something that is not a port');
        break;
      }
    }
    return { violations: [...problems], effects, deliveries, expired };
  };

  return {
    get contents() {
      return stores.contents;
    },
    at: plans.add,
    onPromotion: (act) => {
      watchers.push(act);
    },
    publish: (topic, data, attributes = {}) => send(topic, data, attributes),
    run,
  };
};
