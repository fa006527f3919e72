import {
  deadLetterTopic,
  deliveryPolicy as deployed,
  type FunctionName,
  topics,
  topology,
} from '../../shared/topology.js';
import { callRest } from './call-rest.js';

/** The settings of the push subscriptions, which a test may override. */
export type Delivery = { readonly [Setting in keyof typeof deployed]: number };

export interface TopologyOptions {
  /** `127.0.0.1:port` of the Pub/Sub emulator. */
  readonly pubsubHost: string;
  readonly projectId: string;
  /** The base URL: each function is served below it under its own name. */
  readonly functionsUrl: string;
  /** Prefix of the push subscriptions' names. Default: empty. */
  readonly prefix?: string;
  /** Overrides of the delivery settings used in the cloud. */
  readonly delivery?: Partial<Delivery>;
}

const SECONDS_PER_DAY = 86_400;
const seconds = (count: number): string => `${count}s`;
const days = (count: number): string => seconds(count * SECONDS_PER_DAY);

const neverExpires = {};

/** The service retains messages for up to 31 days; the emulator accepts at most 7. */
const LONGEST_RETENTION_DAYS = 7;

/** The endpoint of a function. The functions framework reads the topic from the end of its path. */
const pushEndpoint = (functionsUrl: string, name: FunctionName, topicPath: string): string =>
  `${functionsUrl}/${name}/${topicPath}`;

/**
 * Creates the Pub/Sub resources of a deployment in an empty project: every topic; for each function
 * a push subscription with its name; and its dead-letter topic and pull subscription, both named
 * `<function>-dead-letter`.
 */
export const createTopology = async ({
  pubsubHost,
  projectId,
  functionsUrl,
  prefix = '',
  delivery: overrides = {},
}: TopologyOptions): Promise<void> => {
  const delivery: Delivery = { ...deployed, ...overrides };
  const topicPath = (topic: string): string => `projects/${projectId}/topics/${topic}`;
  const createTopic = (topic: string): Promise<void> =>
    callRest('PUT', `http://${pubsubHost}/v1/${topicPath(topic)}`, {});
  const createSubscription = (name: string, settings: object): Promise<void> =>
    callRest('PUT', `http://${pubsubHost}/v1/projects/${projectId}/subscriptions/${name}`, {
      ...settings,
      expirationPolicy: neverExpires,
    });

  const subscribe = async (topic: string, name: FunctionName): Promise<void> => {
    const deadLetters = deadLetterTopic(name);
    await createTopic(deadLetters);
    await createSubscription(deadLetters, {
      topic: topicPath(deadLetters),
      messageRetentionDuration: days(
        Math.min(delivery.deadLetterRetentionDays, LONGEST_RETENTION_DAYS),
      ),
    });
    await createSubscription(`${prefix}${name}`, {
      topic: topicPath(topic),
      pushConfig: { pushEndpoint: pushEndpoint(functionsUrl, name, topicPath(topic)) },
      ackDeadlineSeconds: delivery.ackDeadlineSeconds,
      messageRetentionDuration: days(delivery.retentionDays),
      retryPolicy: {
        minimumBackoff: seconds(delivery.minimumBackoffSeconds),
        maximumBackoff: seconds(delivery.maximumBackoffSeconds),
      },
      deadLetterPolicy: {
        deadLetterTopic: topicPath(deadLetters),
        maxDeliveryAttempts: delivery.maximumAttempts,
      },
    });
  };

  await Promise.all(
    topics.map(async (topic) => {
      await createTopic(topic);
      for (const name of topology[topic].subscribers) await subscribe(topic, name);
    }),
  );
};
