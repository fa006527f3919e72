import type { PubSub, Topic } from '@google-cloud/pubsub';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient, unavailable } from '../codec/failure.js';
import { limitedPublisher } from '../ports/limited-publisher.js';
import type { Publisher } from '../ports/publisher.js';
import { withTimeout } from '../with-timeout.js';
import { BOUNDS } from './timeouts.js';

const NOT_FOUND = 5;

/** Until one try gives way to the next. */
const TRY_MILLISECONDS = 10_000;

/**
 * By its own settings the client would go on for ten minutes, and a `timeout` alone does not cut
 * short the growing pauses between its tries. It ends before our own patience does, because it can
 * say what went wrong.
 */
const backoffWithin = (patience: number) => {
  const total = 0.75 * patience;
  const oneTry = Math.min(TRY_MILLISECONDS, total);
  return {
    initialRetryDelayMillis: 100,
    retryDelayMultiplier: 4,
    maxRetryDelayMillis: 5_000,
    initialRpcTimeoutMillis: oneTry,
    rpcTimeoutMultiplier: 1,
    maxRpcTimeoutMillis: oneTry,
    totalTimeoutMillis: total,
  };
};

/**
 * A missing topic is the deployment's fault, not the message's: delivered again after the topic has
 * been made, the same message succeeds. So it is transient, under the code that tells the operator.
 */
const failureOf =
  (topic: string) =>
  (cause: unknown): Failure =>
    cause instanceof Error && 'code' in cause && cause.code === NOT_FOUND
      ? transient(
          'configuration',
          `Could not publish to ${topic}: this project has no such topic. Create it; the message will be delivered again.`,
          { cause },
        )
      : unavailable(`publish to ${topic}`)(cause);

/**
 * Every message on its own and at once: a step publishes one and waits for it. `patience` is for one
 * message with all tries.
 */
export const pubsubPublisher = (pubsub: PubSub, patience = BOUNDS.publish): Publisher => {
  const backoffSettings = backoffWithin(patience);
  // A topic object holds a queue and its timers: one for each name, not for each message.
  const topics = new Map<string, Topic>();
  const topicCalled = (name: string): Topic => {
    const known = topics.get(name);
    if (known !== undefined) return known;
    const topic = pubsub.topic(name, {
      batching: { maxMessages: 1 },
      gaxOpts: { retry: { backoffSettings } },
    });
    topics.set(name, topic);
    return topic;
  };
  return limitedPublisher({
    publish: (topic, data, attributes) =>
      TE.tryCatch(
        () =>
          withTimeout(
            patience,
            topicCalled(topic).publishMessage({
              data: Buffer.from(data),
              attributes: { ...attributes },
            }),
          ),
        failureOf(topic),
      ),
  });
};
