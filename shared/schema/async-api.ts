import { NAMESPACE } from '../contract/constants.js';
import { SCHEMA_VERSION } from '../messages/envelope.js';
import {
  deadLetterTopic,
  deliveryPolicy,
  envelopedTopics,
  type FunctionName,
  type Topic,
  topics,
  topology,
} from '../topology.js';
import { MESSAGES, RUN_REQUEST } from './message-schemas.js';
import type { Schema } from './schema-from-codec.js';

export const ASYNC_API_FILE = 'asyncapi.json';

/** The bare request for a month. */
const REQUEST = 'run-request';

const ref = (...path: readonly string[]): Schema => ({ $ref: `#/${path.join('/')}` });
const channelRef = (topic: string): Schema => ref('channels', topic);

/** The messages that may arrive on a topic: the archived form, and the bare request for a month. */
const messagesOn = (topic: Topic): readonly string[] =>
  topic === 'monthly-run-requested' ? [topic, REQUEST] : [topic];

/** The messages that a publisher sends: Cloud Scheduler sends none in the envelope. */
const messagesSentTo = (topic: Topic): readonly string[] =>
  topic === 'monthly-run-requested' ? [REQUEST] : [topic];

const isEnveloped = (message: string): boolean =>
  envelopedTopics.some((topic) => topic === message);

/** The parts that only enveloped messages have: filter attributes and a run id. */
const enveloped = (name: string): Schema => ({
  headers: { $ref: `./messages/${name}.attributes.schema.json` },
  correlationId: {
    description: 'All messages of a run have it.',
    location: '$message.payload#/run_id',
  },
  bindings: {
    googlepubsub: {
      attributes: { event_type: name, schema_version: String(SCHEMA_VERSION) },
      bindingVersion: '0.2.0',
    },
  },
});

const message = (name: string, description: string): Schema => ({
  name,
  description,
  contentType: 'application/json',
  payload: { $ref: `./messages/${name}.schema.json` },
  ...(isEnveloped(name) ? enveloped(name) : {}),
});

const channel = (topic: Topic): Schema => ({
  address: topic,
  description: MESSAGES[topic],
  messages: Object.fromEntries(
    messagesOn(topic).map((name) => [name, ref('components', 'messages', name)]),
  ),
});

const deadLetters = (name: FunctionName): Schema => ({
  address: deadLetterTopic(name),
  description: `A message that ${name} could not process, dead-lettered for an operator: the original data and attributes, with the attributes dead_letter_function, dead_letter_code, dead_letter_reason and dead_letter_message_id where ${name} itself gave up, or Pub/Sub's own after ${deliveryPolicy.maximumAttempts} failed deliveries.`,
});

const send = (topic: Topic): Schema => ({
  action: 'send',
  channel: channelRef(topic),
  messages: messagesSentTo(topic).map((name) => ref('channels', topic, 'messages', name)),
});

const receive = (topic: Topic, name: FunctionName): Schema => ({
  action: 'receive',
  channel: channelRef(topic),
  messages: messagesOn(topic).map((one) => ref('channels', topic, 'messages', one)),
  'x-subscription': {
    name,
    ackDeadlineSeconds: deliveryPolicy.ackDeadlineSeconds,
    minimumBackoffSeconds: deliveryPolicy.minimumBackoffSeconds,
    maximumBackoffSeconds: deliveryPolicy.maximumBackoffSeconds,
    maximumAttempts: deliveryPolicy.maximumAttempts,
    retentionDays: deliveryPolicy.retentionDays,
    deadLetterTopic: deadLetterTopic(name),
  },
});

const operations = (topic: Topic): readonly (readonly [string, Schema])[] => {
  const { publisher, subscribers } = topology[topic];
  return [
    [`${publisher}-sends-${topic}`, send(topic)],
    ...subscribers.map((name) => [`${name}-receives-${topic}`, receive(topic, name)] as const),
  ];
};

const subscribing = topics.flatMap((topic): readonly FunctionName[] => topology[topic].subscribers);
const messageNames: readonly (readonly [string, string])[] = [
  ...topics.map((topic) => [topic, MESSAGES[topic]] as const),
  [REQUEST, RUN_REQUEST],
];

/**
 * The AsyncAPI document of all topics. Its channels have no Pub/Sub binding, because the binding
 * requires the name of a Pub/Sub schema resource, which these topics do not have.
 */
export const asyncApi = (): Schema => ({
  asyncapi: '3.0.0',
  id: `urn:${NAMESPACE}:asyncapi:1`,
  info: {
    title: 'The messages of crypto-live-pool-pipelines',
    version: `${SCHEMA_VERSION}.0.0`,
    description:
      'Verbs are functions, past-tense facts are messages. Downstream systems subscribe to live-pool-published. A message may come twice and out of order: event_id tells copies, promotion_seq tells the order.',
    license: { name: 'MIT' },
  },
  defaultContentType: 'application/json',
  servers: {
    pubsub: {
      host: 'pubsub.googleapis.com',
      protocol: 'googlepubsub',
      description:
        "Google Cloud Pub/Sub; an address is a topic in the deployment's own project, projects/<project>/topics/<address>.",
    },
  },
  channels: Object.fromEntries([
    ...topics.map((topic) => [topic, channel(topic)] as const),
    ...subscribing.map((name) => [deadLetterTopic(name), deadLetters(name)] as const),
  ]),
  operations: Object.fromEntries(topics.flatMap(operations)),
  components: {
    messages: Object.fromEntries(messageNames.map(([name, words]) => [name, message(name, words)])),
  },
});
