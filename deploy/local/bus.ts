import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, unavailable, unexpected } from '../../shared/codec/failure.js';
import type { Clock } from '../../shared/ports/clock.js';
import { deadLetterAttributes } from '../../shared/ports/dead-letter-attributes.js';
import { limitedPublisher } from '../../shared/ports/limited-publisher.js';
import type { Publisher } from '../../shared/ports/publisher.js';
import { deadLetterTopic, type FunctionName, topology } from '../../shared/topology.js';
import type { MessageQueue, PendingMessage } from './message-queue.js';
import { cloudEventOf } from './push-delivery.js';

interface BusObserver {
  readonly started: (name: FunctionName) => void;
  /** Runs before the message is acknowledged: after a crash here the message is redelivered. */
  readonly handled: (name: FunctionName, milliseconds: number) => Promise<void>;
  readonly failed: (name: FunctionName, failure: Failure, attemptsLeft: number) => void;
}

export interface BusOptions {
  readonly queue: MessageQueue;
  readonly clock: Clock;
  readonly handlers: Readonly<Record<FunctionName, (event: unknown) => Promise<void>>>;
  readonly observer: BusObserver;
  readonly isServed?: IsServed | undefined;
  /** Milliseconds on a clock that only moves forward. */
  readonly stopwatch: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const FIRST_BACKOFF_MILLISECONDS = 100;

const deadLetterTopics = new Set(
  Object.values(topology).flatMap(({ subscribers }) => subscribers.map(deadLetterTopic)),
);

/**
 * The functions that run. The publisher makes no message for another function; a message that is
 * already pending for one stays pending.
 */
export type IsServed = (name: FunctionName) => boolean;

/** Default: all functions but shadow, which takes longer than the monthly run itself. */
const allButShadow: IsServed = (name) => name !== 'shadow';

/** Accepts messages for the topics of the topology; each subscriber gets its own copy. */
export const localPublisher = (
  queue: MessageQueue,
  clock: Clock,
  isServed: IsServed = allButShadow,
): Publisher =>
  limitedPublisher({
    publish: (topic, data, attributes) =>
      TE.tryCatch(
        async () => {
          const message = {
            id: await queue.nextId(),
            topic,
            data: Buffer.from(data).toString('base64'),
            attributes,
            publishTime: clock().toISOString(),
          };
          if (deadLetterTopics.has(topic)) await queue.putDeadLetter(message);
          else
            for (const subscriber of subscribersOf(topic).filter(isServed))
              await queue.put({ ...message, subscriber, attempts: 0 });
          return String(message.id);
        },
        unavailable(`publish to ${topic}`),
      ),
  });

const subscribersOf = (topic: string): readonly FunctionName[] => {
  for (const [name, { subscribers }] of Object.entries(topology))
    if (name === topic) return subscribers;
  throw new Error(`expected a topic of the topology, got ${topic}`);
};

const failureOf = (error: unknown): Failure =>
  error instanceof FailureError ? error.failure : unexpected(error);

/** Dead-letters a message, as Pub/Sub does after the last attempt. */
const deadLetter = async (
  { queue, clock }: BusOptions,
  message: PendingMessage,
  failure: Failure,
): Promise<void> => {
  const { subscriber, attributes } = message;
  await queue.putDeadLetter({
    id: await queue.nextId(),
    topic: deadLetterTopic(subscriber),
    data: message.data,
    attributes: deadLetterAttributes(
      subscriber,
      { messageId: String(message.id), attributes },
      failure,
    ),
    publishTime: clock().toISOString(),
  });
};

/** Fewer than in the cloud, because a person is waiting for the command. */
const MAX_ATTEMPTS = 5;

const deliver = async (options: BusOptions, message: PendingMessage): Promise<void> => {
  const { queue, handlers, observer, stopwatch, sleep } = options;
  observer.started(message.subscriber);
  const start = stopwatch();
  try {
    await handlers[message.subscriber](cloudEventOf(message));
    await observer.handled(message.subscriber, stopwatch() - start);
  } catch (error) {
    const failure = failureOf(error);
    const attempts = message.attempts + 1;
    observer.failed(message.subscriber, failure, MAX_ATTEMPTS - attempts);
    if (attempts < MAX_ATTEMPTS) {
      await queue.put({ ...message, attempts });
      await sleep(FIRST_BACKOFF_MILLISECONDS * 2 ** (attempts - 1));
      return;
    }
    await deadLetter(options, message, failure);
  }
  // Acknowledges the message.
  await queue.remove(message);
};

/** Delivers, one at a time and oldest first, until nothing is pending. */
export const drain = async (options: BusOptions): Promise<void> => {
  const { isServed = allButShadow } = options;
  for (;;) {
    const pending = await options.queue.pending();
    const served = pending.filter(({ subscriber }) => isServed(subscriber));
    // The monthly run first: readers wait for it, not for the shadow history.
    const next = served.find(({ subscriber }) => subscriber !== 'shadow') ?? served[0];
    if (next === undefined) return;
    await deliver(options, next);
  }
};
