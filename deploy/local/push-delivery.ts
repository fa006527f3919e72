import type { PendingMessage } from './message-queue.js';

const PROJECT = 'local';

/** The HTTP body of a Pub/Sub push of the message. */
export const pushBody = (message: PendingMessage): unknown => ({
  message: {
    data: message.data,
    attributes: message.attributes,
    messageId: String(message.id),
    message_id: String(message.id),
    publishTime: message.publishTime,
    publish_time: message.publishTime,
  },
  subscription: `projects/${PROJECT}/subscriptions/${message.subscriber}`,
  deliveryAttempt: message.attempts + 1,
});

/** The path of a push endpoint; the functions framework reads the topic from it. */
export const pushPath = (topic: string): string => `/projects/${PROJECT}/topics/${topic}`;

interface PushBody {
  readonly message: {
    readonly data: string;
    readonly attributes: Record<string, string>;
    readonly messageId: string;
    readonly publishTime: string;
  };
}

/**
 * The event that the functions framework makes from a push: a CloudEvent with data, attributes,
 * message id and publish time; for a message without data, the push body itself. A test compares
 * this with the framework's own server.
 */
export const cloudEventOf = (message: PendingMessage): unknown => {
  // The handler must receive values that have been through JSON, as in the cloud.
  const body: PushBody = JSON.parse(JSON.stringify(pushBody(message)));
  const { data, attributes, messageId, publishTime } = body.message;
  if (data === '') return body;
  return {
    id: messageId,
    time: publishTime,
    specversion: '1.0',
    datacontenttype: 'application/json',
    type: 'google.cloud.pubsub.topic.v1.messagePublished',
    source: `//pubsub.googleapis.com/projects/${PROJECT}/topics/${message.topic}`,
    data: {
      message: {
        '@type': 'type.googleapis.com/google.pubsub.v1.PubsubMessage',
        data,
        attributes,
        messageId,
        publishTime,
      },
    },
  };
};
