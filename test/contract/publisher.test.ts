import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Message, PubSub } from '@google-cloud/pubsub';
import * as E from 'fp-ts/lib/Either.js';
import { localPublisher } from '../../deploy/local/bus.js';
import { diskQueue } from '../../deploy/local/disk-queue.js';
import type { MessageQueue } from '../../deploy/local/message-queue.js';
import { pubsubPublisher } from '../../shared/gcp/publisher.js';
import type { Attributes, Publisher } from '../../shared/ports/publisher.js';
import { describeAdapterWithEmulators } from '../emulator/emulator.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { memoryQueue } from '../support/memory-queue.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

/** The topics that a publisher under test must have. */
const TOPICS = ['pool-ranked', 'release-promoted'] as const;
type TestTopic = (typeof TOPICS)[number];

interface ReceivedMessage {
  readonly id: string;
  readonly data: Uint8Array;
  readonly attributes: Attributes;
}

interface PublisherUnderTest {
  readonly publisher: Publisher;
  /** Resolves once a subscriber of the topic has been given so many messages; in any order. */
  readonly received: (topic: TestTopic, count: number) => Promise<readonly ReceivedMessage[]>;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = ({ data }: ReceivedMessage): string => new TextDecoder().decode(data);

const numbered = (count: number): Attributes =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`attribute-${index}`, 'x']));

const MEGABYTE = 1024 * 1024;

/** What every publisher must do, run against one adapter. */
const describePublisher = (name: string, make: () => Promise<Opened<PublisherUnderTest>>): void => {
  describe(`the publisher ${name}`, () => {
    const opened = openedForEach(make);

    const publish = (topic: TestTopic, data: Uint8Array, attributes: Attributes = {}) =>
      done(opened().store.publisher.publish(topic, data, attributes));
    const received = (topic: TestTopic, count: number) => opened().store.received(topic, count);
    const only = async (topic: TestTopic): Promise<ReceivedMessage> => {
      const [message, ...more] = await received(topic, 1);
      assert.ok(message !== undefined, 'nothing came');
      assert.deepEqual(more, []);
      return message;
    };

    it('delivers data and attributes unchanged, and returns the id', async () => {
      const data = Uint8Array.from({ length: 256 }, (_, value) => value);
      const attributes = {
        run_id: 'run-1',
        'odd.name of it': 'ünïcödé 币 🪙 "quoted" \\ \n',
        no: '',
      };
      const id = await publish('pool-ranked', data, attributes);
      const message = await only('pool-ranked');
      assert.match(id, /./);
      assert.equal(message.id, id);
      assert.equal(Buffer.compare(message.data, data), 0);
      assert.deepEqual({ ...message.attributes }, attributes);
    });

    it('delivers a message without attributes', async () => {
      await publish('pool-ranked', bytesOf('{}'));
      const message = await only('pool-ranked');
      assert.equal(textOf(message), '{}');
      assert.deepEqual({ ...message.attributes }, {});
    });

    it('delivers a message of 1 MB', async () => {
      const data = Uint8Array.from({ length: MEGABYTE }, (_, index) => (index * index) >>> 3);
      await publish('pool-ranked', data);
      assert.equal(Buffer.compare((await only('pool-ranked')).data, data), 0);
    });

    it('publishes only the visible part of a larger buffer, as it was', async () => {
      const buffer = bytesOf('<<content>>');
      await publish('pool-ranked', buffer.subarray(2, 9));
      buffer.fill(0);
      assert.equal(textOf(await only('pool-ranked')), 'content');
    });

    it('delivers each of ten concurrent messages under its own id', async () => {
      const texts = Array.from({ length: 10 }, (_, index) => `message ${index}`);
      const ids = await Promise.all(texts.map((text) => publish('pool-ranked', bytesOf(text))));
      const messages = await received('pool-ranked', 10);
      assert.deepEqual(
        new Map(messages.map((message) => [message.id, textOf(message)])),
        new Map(ids.map((id, index) => [id, `message ${index}`])),
      );
      assert.equal(new Set(ids).size, 10);
    });

    it('publishes the same bytes again as another message', async () => {
      const first = await publish('pool-ranked', bytesOf('same'));
      const second = await publish('pool-ranked', bytesOf('same'));
      assert.notEqual(first, second);
      assert.deepEqual((await received('pool-ranked', 2)).map(textOf), ['same', 'same']);
    });

    it('keeps topics apart', async () => {
      await publish('pool-ranked', bytesOf('ranked'));
      await publish('release-promoted', bytesOf('promoted'));
      assert.equal(textOf(await only('release-promoted')), 'promoted');
      assert.equal(textOf(await only('pool-ranked')), 'ranked');
    });

    const AT_THE_LIMIT: Readonly<Record<string, Attributes>> = {
      'a value of 1024 bytes': { reason: `${'理'.repeat(341)}x` },
      'a key of 256 bytes': { ['é'.repeat(128)]: 'x' },
      '100 attributes': numbered(100),
    };
    for (const [what, attributes] of Object.entries(AT_THE_LIMIT))
      it(`delivers ${what}`, async () => {
        await publish('pool-ranked', bytesOf('{}'), attributes);
        assert.deepEqual({ ...(await only('pool-ranked')).attributes }, attributes);
      });

    const BEYOND_THE_LIMIT: Readonly<Record<string, readonly [Attributes, RegExp]>> = {
      'a value of 1025 bytes, counted in UTF-8': [
        { reason: `${'理'.repeat(341)}xx` },
        /^attribute reason: expected at most 1024 bytes in UTF-8, got 1025 bytes/,
      ],
      'a key of 257 bytes, counted in UTF-8': [
        { [`${'é'.repeat(128)}x`]: 'x' },
        /expected at most 256 bytes in UTF-8, got 257 bytes/,
      ],
      '101 attributes': [numbered(101), /^attributes: expected at most 100, got 101$/],
      'a value that has no encoding': [{ reason: '\uD83E' }, /^attribute reason: expected Unicode/],
    };
    for (const [what, [attributes, sentence]] of Object.entries(BEYOND_THE_LIMIT))
      it(`rejects ${what} permanently, and delivers nothing`, async () => {
        const { publisher } = opened().store;
        const result = await publisher.publish('pool-ranked', bytesOf('{}'), attributes)();
        assert.ok(E.isLeft(result), 'it was published');
        assert.equal(result.left.kind, 'permanent');
        assert.equal(result.left.code, 'malformed-input');
        assert.match(result.left.message, sentence);
        await publish('pool-ranked', bytesOf('content'));
        assert.equal(textOf(await only('pool-ranked')), 'content');
      });

    it('fails transiently for a topic that does not exist, and stays usable', async () => {
      const { publisher } = opened().store;
      const result = await publisher.publish('no-such-topic', bytesOf('lost'), {})();
      assert.ok(E.isLeft(result), 'it was published');
      assert.equal(result.left.kind, 'transient');
      assert.match(result.left.message, /no-such-topic/);
      await publish('pool-ranked', bytesOf('content'));
      assert.equal(textOf(await only('pool-ranked')), 'content');
    });
  });
};

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

describeAdapterWithEmulators('Pub/Sub', () => {
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

/** What it accepts is pending for the one subscriber that each of these topics has. */
const overQueue = (queue: MessageQueue): PublisherUnderTest => ({
  publisher: localPublisher(queue, () => new Date('2026-03-13T06:00:00Z')),
  received: async (topic) => {
    const pending = await queue.pending();
    return pending
      .filter((message) => message.topic === topic)
      .map(({ id, data, attributes }) => ({
        id: String(id),
        data: Buffer.from(data, 'base64'),
        attributes,
      }));
  },
});

describePublisher('over a queue in memory', async () => ({
  store: overQueue(memoryQueue()),
  cleanup: async () => undefined,
}));

describePublisher('over a queue on disk', async () => {
  const { path, remove } = await newFolder();
  return { store: overQueue(diskQueue(path)), cleanup: remove };
});
