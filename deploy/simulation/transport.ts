import * as TE from 'fp-ts/lib/TaskEither.js';
import { makeHandlers } from '../../functions/handlers.js';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { readDeadLetterAttributes } from '../../shared/ports/dead-letter-attributes.js';
import { limitedPublisher } from '../../shared/ports/limited-publisher.js';
import type { LogEntry } from '../../shared/ports/log.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import type { WindowScorer } from '../../shared/research/walk-forward/window-scorer.js';
import { type FunctionName, topics, topology } from '../../shared/topology.js';
import { acknowledgementViolations, type PublishedMessage } from './delivery-invariants.js';
import { faultyPorts, type SimulatedPorts } from './faulty-ports.js';
import { fixtureMarket, fixtureRanker } from './fixture-market.js';
import type { SimulatedProcess } from './scheduler.js';
import { SIMULATION_CONFIG } from './simulation-config.js';
import { stubReportRenderer } from './stub-report-renderer.js';
import type { WorldState } from './world-state.js';

interface Message {
  readonly data: Uint8Array;
  readonly attributes: Attributes;
  readonly publishTime: string;
}

/** No invariant covers the shadow history; its own tests inject crashes into it. */
const isSimulated = (name: FunctionName): boolean => name !== 'shadow';

const noScorer: WindowScorer = {
  model: 'none',
  score: () => TE.left(permanent('unexpected', 'the simulation has no shadow history')),
};

const archiveKey = (topic: string, data: Uint8Array): string => {
  const id = /"event_id":"([0-9a-f]{64})"/.exec(Buffer.from(data).toString('utf8'))?.[1];
  return `events/${topic}/${id}.json`;
};

/** A Pub/Sub push event. The delivery number is its message id. */
const pushEvent = ({ data, attributes, publishTime }: Message, delivery: number): object => ({
  data: {
    message: {
      data: Buffer.from(data).toString('base64'),
      attributes,
      messageId: `delivery-${delivery}`,
      publishTime,
    },
  },
});

/** Ports without faults. Each message that a handler publishes is added to `published`. */
const portsFor = (world: WorldState, published: PublishedMessage[]): SimulatedPorts => ({
  objects: world.objects,
  documents: world.stores.documents,
  source: fixtureMarket,
  ranker: fixtureRanker,
  publisher: limitedPublisher({
    publish: (topic, data, attributes) =>
      TE.fromIO(() => {
        const stored = world.stores.contents.objects.get(archiveKey(topic, data));
        const archived = stored !== undefined && Buffer.compare(stored.bytes, data) === 0;
        published.push({ topic, attributes, archived });
        if (readDeadLetterAttributes(attributes).dead_letter_code === 'stale') world.expired = true;
        send(world, topic, data, attributes);
        return `sent at ${world.now}`;
      }),
  }),
});

/** Runs the handler on one delivery, and delivers the message again if it crashes or fails. */
const deliver = (world: WorldState, name: FunctionName, message: Message): void => {
  world.deliveries += 1;
  const log: LogEntry[] = [];
  const published: PublishedMessage[] = [];
  const process: SimulatedProcess = { hangs: world.faults.hangs(), dead: false };
  world.working.add(process);
  const redeliver = (): void => {
    world.working.delete(process);
    deliverAt(world, world.now + world.faults.backoff(), name, message);
  };
  const crash = (): void => {
    process.dead = true;
    redeliver();
  };
  const { scheduler, faults, isolated } = world;
  const environment = {
    config: SIMULATION_CONFIG,
    scorer: noScorer,
    reporter: stubReportRenderer,
    clock: () => new Date(world.now),
    log: (entry: LogEntry) => {
      log.push(entry);
    },
    ...faultyPorts(portsFor(world, published), { scheduler, process, faults, crash, isolated }),
  };
  makeHandlers(async () => environment)
    [name](pushEvent(message, world.deliveries))
    .then(
      () => {
        world.working.delete(process);
        acknowledgementViolations(name, message.attributes, log, published).forEach(world.report);
      },
      (error: unknown) => {
        if (!(error instanceof FailureError)) world.report(`${name} threw ${String(error)}`);
        else if (error.failure.code === 'unexpected')
          world.report(`${name}: ${error.failure.message}`);
        redeliver();
      },
    );
};

const deliverAt = (world: WorldState, due: number, name: FunctionName, message: Message): void =>
  world.events.add(world.faults.availableAt(name, due), () => deliver(world, name, message));

/** Publishes a message now: each subscriber receives as many copies as the faults decide. */
export const send = (
  world: WorldState,
  topic: string,
  data: Uint8Array,
  attributes: Attributes,
): void => {
  const known = topics.find((one) => one === topic);
  if (known === undefined) return;
  const message = { data, attributes, publishTime: new Date(world.now).toISOString() };
  for (const name of topology[known].subscribers.filter(isSimulated))
    for (const delay of world.faults.deliveryDelays())
      deliverAt(world, world.now + delay, name, message);
};
