import type { PubSub, Topic } from '@google-cloud/pubsub';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient, unavailable } from '../failure.js';
import type { Publisher } from '../ports/publisher.js';

const NOT_FOUND = 5;

/**
 * For one message: the client's retries end after half a minute, far within the delivery deadline
 * of the function that publishes. By its own settings it would go on for ten minutes, and a
 * `timeout` alone does not cut short the growing pauses between its tries.
 */
const BACKOFF = {
  initialRetryDelayMillis: 100,
  retryDelayMultiplier: 4,
  maxRetryDelayMillis: 5_000,
  initialRpcTimeoutMillis: 10_000,
  rpcTimeoutMultiplier: 1,
  maxRpcTimeoutMillis: 10_000,
  totalTimeoutMillis: 30_000,
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

/** Every message on its own and at once: a step publishes one and waits for it. */
export const pubsubPublisher = (pubsub: PubSub): Publisher => {
  // A topic object holds a queue and its timers: one for each name, not for each message.
  const topics = new Map<string, Topic>();
  const topicCalled = (name: string): Topic => {
    const known = topics.get(name);
    if (known !== undefined) return known;
    const topic = pubsub.topic(name, {
      batching: { maxMessages: 1 },
      gaxOpts: { retry: { backoffSettings: BACKOFF } },
    });
    topics.set(name, topic);
    return topic;
  };
  return {
    publish: (topic, data, attributes) =>
      TE.tryCatch(
        () =>
          topicCalled(topic).publishMessage({
            data: Buffer.from(data),
            attributes: { ...attributes },
          }),
        failureOf(topic),
      ),
  };
};
