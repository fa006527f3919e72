import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { drain, localPublisher } from '../../../deploy/local/bus.js';
import { makeHandlers } from '../../../functions/handlers.js';
import { parseDelivery } from '../../../functions/push-message.js';
import { monthlyFunctions, topicOf } from '../../../shared/topology.js';
import { done } from '../../contract/store-under-test.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { memoryQueue } from '../../support/memory-queue.js';
import { memoryWorld } from '../../support/memory-world.js';
import { busOn, deliveries } from './test-bus.js';

describe('the embedded bus', () => {
  it('delivers every message to the subscriber of its topic, in the order of publication', async () => {
    const { publish, drain, happened } = busOn(memoryQueue());
    const names = [...monthlyFunctions].reverse();
    for (const name of names) await publish(topicOf(name), `for ${name}`);
    await drain();
    assert.deepEqual(
      deliveries(happened),
      names.map((name) => `${name} gets for ${name}`),
    );
  });

  it('returns ascending message ids, the same that the functions receive', async () => {
    const queue = memoryQueue();
    const { publish, options } = busOn(queue);
    const ids = [await publish(topicOf('rank'), 'a'), await publish(topicOf('rank'), 'b')];
    assert.deepEqual(ids, ['1', '2']);
    const received: unknown[] = [];
    const rank = async (event: unknown) => {
      const { messageId, publishedAt, attributes } = getOrThrow(parseDelivery(event));
      received.push([messageId, publishedAt.toISOString(), attributes]);
    };
    await drain({ ...options, handlers: { ...options.handlers, rank } });
    assert.deepEqual(received, [
      ['1', '2026-03-14T00:30:00.000Z', {}],
      ['2', '2026-03-14T00:30:00.000Z', {}],
    ]);
  });

  it('delivers messages that a handler publishes, after those already pending', async () => {
    const queue = memoryQueue();
    const bus = busOn(queue, async (text) => {
      if (text === 'first') await bus.publish(topicOf('rank'), 'third');
    });
    await bus.publish(topicOf('ingest'), 'first');
    await bus.publish(topicOf('rank'), 'second');
    await bus.drain();
    assert.deepEqual(deliveries(bus.happened), [
      'ingest gets first',
      'rank gets second',
      'rank gets third',
    ]);
    assert.deepEqual(await queue.pending(), []);
  });

  it('makes no message for shadow by default', async () => {
    const queue = memoryQueue();
    const { publish, drain, happened } = busOn(queue);
    await publish('market-data-ingested', 'bars');
    assert.deepEqual(
      (await queue.pending()).map(({ subscriber }) => subscriber),
      ['rank'],
    );
    await drain();
    assert.deepEqual(deliveries(happened), ['rank gets bars']);
  });

  it('delivers to shadow after the monthly functions have no pending message', async () => {
    const queue = memoryQueue();
    const isServed = () => true;
    const { options, happened } = busOn(queue);
    const publisher = localPublisher(queue, options.clock, isServed);
    for (const topic of ['market-data-ingested', 'pool-ranked'])
      await done(publisher.publish(topic, Buffer.from(topic), {}));
    await drain({ ...options, isServed });
    assert.deepEqual(deliveries(happened), [
      'rank gets market-data-ingested',
      'materialise gets pool-ranked',
      'shadow gets market-data-ingested',
    ]);
  });

  it('leaves a message pending if its function is not served', async () => {
    const queue = memoryQueue();
    const { options, happened } = busOn(queue);
    const publisher = localPublisher(queue, options.clock, (name) => name === 'shadow');
    await done(publisher.publish('market-data-ingested', Buffer.from('bars'), {}));
    await drain(options);
    assert.deepEqual(happened, []);
    assert.equal((await queue.pending()).length, 1);
  });

  it('accepts a message for a topic without subscribers', async () => {
    const { publish, drain, happened } = busOn(memoryQueue());
    assert.equal(await publish('live-pool-published', 'news'), '1');
    await drain();
    assert.deepEqual(happened, []);
  });

  it('rejects a topic that is not in the topology', async () => {
    const { publisher } = busOn(memoryQueue());
    const result = await publisher.publish('no-such-topic', Buffer.from('x'), {})();
    assert.ok(E.isLeft(result), 'it was accepted');
    assert.equal(
      result.left.message,
      'Could not publish to no-such-topic: expected a topic of the topology, got no-such-topic',
    );
  });

  it('stores a message to a dead-letter topic as a dead letter and does not deliver it', async () => {
    const queue = memoryQueue();
    const bus = busOn(queue, async (text) => {
      await bus.publish('rank-dead-letter', text, { dead_letter_reason: 'malformed' });
    });
    await bus.publish(topicOf('rank'), 'poison');
    await bus.drain();
    assert.deepEqual(deliveries(bus.happened), ['rank gets poison']);
    assert.deepEqual(await queue.pending(), []);
    assert.deepEqual(await queue.deadLetters(), [
      {
        id: 2,
        topic: 'rank-dead-letter',
        data: Buffer.from('poison').toString('base64'),
        attributes: { dead_letter_reason: 'malformed' },
        publishTime: '2026-03-14T00:30:00.000Z',
      },
    ]);
  });

  it('delivers a message once if its handler dead-letters it, and stores one reason', async () => {
    const queue = memoryQueue();
    const { options, publisher, publish, happened } = busOn(queue);
    const { environment } = memoryWorld();
    const handlers = makeHandlers(async () => ({ ...environment, publisher }));
    await publish(topicOf('ingest'), 'no JSON');
    await drain({ ...options, handlers });
    assert.deepEqual(happened, ['ingest starts', 'ingest took 5']);
    assert.deepEqual(await queue.pending(), []);
    const [letter, ...more] = await queue.deadLetters();
    assert.deepEqual(more, []);
    assert.equal(letter?.topic, 'ingest-dead-letter');
    assert.equal(Buffer.from(letter.data, 'base64').toString(), 'no JSON');
    assert.match(letter.attributes.dead_letter_reason ?? '', /JSON/);
  });
});
