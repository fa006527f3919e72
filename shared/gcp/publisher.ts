import type { PubSub, Topic } from '@google-cloud/pubsub';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient, unavailable } from '../codec/failure.js';
import { limitedPublisher } from '../ports/limited-publisher.js';
import type { Publisher } from '../ports/publisher.js';
import { withTimeout } from '../with-timeout.js';
import { BOUNDS } from './timeouts.js';

const NOT_FOUND = 5;

/** Timeout of one attempt. */
const TRY_MILLISECONDS = 10_000;

/**
 * With its default settings the client retries for ten minutes, and `timeout` alone does not limit
 * the growing pauses between attempts. The client's limit is shorter than `patience`, because its
 * error names the cause.
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
 * A missing topic is an error of the deployment, not of the message, which succeeds once the topic
 * exists. It is therefore transient, with the code `configuration` for the operator.
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
 * Publishes each message immediately, without batching, because a step publishes one message and
 * waits for it. `patience` is the timeout of one message, including retries.
 */
export const pubsubPublisher = (pubsub: PubSub, patience = BOUNDS.publish): Publisher => {
  const backoffSettings = backoffWithin(patience);
  // A topic object has a queue and timers, so there is one per name, not per message.
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
