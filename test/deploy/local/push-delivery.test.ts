import assert from 'node:assert/strict';
import type { PendingMessage } from '../../../deploy/local/message-queue.js';
import { cloudEventOf, pushBody, pushPath } from '../../../deploy/local/push-delivery.js';
import { parseDelivery } from '../../../functions/push-message.js';
import { topicOf } from '../../../shared/topology.js';
import { serveFunction } from '../../support/framework-server.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const message: PendingMessage = {
  id: 17,
  topic: topicOf('rank'),
  subscriber: 'rank',
  data: Buffer.from('{"pool":["币USDT"]}').toString('base64'),
  attributes: { event_type: 'market-data-ingested', reason: 'né 币' },
  publishTime: '2026-03-14T00:30:00.123Z',
  attempts: 2,
};

const cases: readonly (readonly [string, PendingMessage])[] = [
  ['with data and attributes', message],
  ['without attributes', { ...message, attributes: {} }],
  [
    'with data that is no text',
    { ...message, data: Buffer.from([0, 255, 254]).toString('base64') },
  ],
  ['without data', { ...message, data: '' }],
];

/** The framework's own server around a function that records its events. */
const served = async () => {
  const received: unknown[] = [];
  const { origin, close } = await serveFunction('keeps-what-it-is-given', (event) => {
    received.push(event);
  });
  return {
    push: async (pushed: PendingMessage): Promise<unknown> => {
      const response = await fetch(`${origin}${pushPath(pushed.topic)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(pushBody(pushed)),
      });
      assert.equal(response.status, 204);
      return received.pop();
    },
    close,
  };
};

describe('the event that the embedded runtime passes to a function', () => {
  for (const [what, pushed] of cases) {
    it(`equals the functions framework's event for the push of a message ${what}`, async () => {
      const { push, close } = await served();
      try {
        assert.deepEqual(await push(pushed), cloudEventOf(pushed));
      } finally {
        close();
      }
    });

    it(`carries every field of a message ${what}`, () => {
      const { data, attributes, messageId, publishedAt } = getOrThrow(
        parseDelivery(cloudEventOf(pushed)),
      );
      assert.equal(Buffer.from(data).toString('base64'), pushed.data);
      assert.deepEqual(attributes, pushed.attributes);
      assert.equal(messageId, '17');
      assert.equal(publishedAt.toISOString(), pushed.publishTime);
    });
  }
});
