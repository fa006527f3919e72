import { randomUUID } from 'node:crypto';
import { type Message, PubSub } from '@google-cloud/pubsub';
import { pubsubPublisher } from '../../shared/gcp/publisher.js';
import { describePublisher, type ReceivedMessage, TOPICS } from '../contract/publisher.js';
import { describeWithEmulators } from './emulator.js';

/** Takes so many messages from a subscription, each once, and acknowledges them. */
const take = async (
  pubsub: PubSub,
  name: string,
  count: number,
): Promise<readonly ReceivedMessage[]> => {
  const subscription = pubsub.subscription(name);
  const taken = new Map<string, ReceivedMessage>();
  await new Promise<void>((resolve, reject) => {
    subscription.on('error', reject);
    subscription.on('message', (message: Message) => {
      message.ack();
      taken.set(message.id, message);
      if (taken.size === count) resolve();
    });
  });
  await subscription.close();
  return [...taken.values()];
};

describeWithEmulators('Pub/Sub', () => {
  describePublisher('on Pub/Sub', async () => {
    const pubsub = new PubSub({ projectId: `demo-${randomUUID()}` });
    for (const name of TOPICS) {
      const [topic] = await pubsub.createTopic(name);
      await topic.createSubscription(name);
    }
    return {
      store: {
        publisher: pubsubPublisher(pubsub),
        received: (topic, count) => take(pubsub, topic, count),
      },
      cleanup: () => pubsub.close(),
    };
  });
});
