import { randomUUID } from 'node:crypto';
import { PubSub } from '@google-cloud/pubsub';
import { pubsubDeadLetters } from '../../shared/gcp/dead-letters.js';
import { deadLetterTopic } from '../../shared/topology.js';
import { describeDeadLetters, FUNCTIONS } from '../contract/dead-letters.js';
import { describeWithEmulators } from './emulator.js';

describeWithEmulators('Pub/Sub as an operator', () => {
  describeDeadLetters('of Pub/Sub', async () => {
    const pubsub = new PubSub({ projectId: `demo-${randomUUID()}` });
    for (const name of FUNCTIONS) {
      const [topic] = await pubsub.createTopic(deadLetterTopic(name));
      await topic.createSubscription(deadLetterTopic(name));
    }
    const deadLetters = pubsubDeadLetters(pubsub);
    return {
      store: {
        deadLetters,
        deadLetter: (name, data, attributes) =>
          pubsub
            .topic(deadLetterTopic(name))
            .publishMessage({ data: Buffer.from(data), attributes: { ...attributes } }),
      },
      cleanup: async () => {
        await deadLetters.close();
        await pubsub.close();
      },
    };
  });
});
