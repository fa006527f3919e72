import assert from 'node:assert/strict';
import { drain } from '../../../deploy/local/bus.js';
import { diskQueue } from '../../../deploy/local/disk-queue.js';
import { FailureError, permanent, transient } from '../../../shared/codec/failure.js';
import { topicOf } from '../../../shared/topology.js';
import { newFolder } from '../../shared/local/temporary-folder.js';
import { memoryQueue } from '../../support/memory-queue.js';
import { busOn, deliveries } from './test-bus.js';

describe('the embedded bus', () => {
  describe('when a handler throws', () => {
    it('redelivers with growing backoff until the handler succeeds, before any later message', async () => {
      let failures = 2;
      const bus = busOn(memoryQueue(), async (text) => {
        if (text !== 'first' || failures === 0) return;
        failures -= 1;
        throw new FailureError(transient('unavailable', 'the network is down'));
      });
      await bus.publish(topicOf('rank'), 'first');
      await bus.publish(topicOf('rank'), 'second');
      await bus.drain();
      assert.deepEqual(bus.happened, [
        'rank starts',
        'rank gets first',
        'rank failed: the network is down, 4 left',
        'rank starts',
        'rank gets first',
        'rank failed: the network is down, 3 left',
        'rank starts',
        'rank gets first',
        'rank took 5',
        'rank starts',
        'rank gets second',
        'rank took 5',
      ]);
      assert.deepEqual(bus.pauses, [100, 200]);
    });

    it('dead-letters the message with the reason after five attempts, then delivers the next', async () => {
      const queue = memoryQueue();
      const bus = busOn(queue, async (text) => {
        if (text === 'poison')
          throw new FailureError(permanent('conflict', 'another writer was first'));
      });
      await bus.publish(topicOf('rank'), 'poison', { intent: 'publish' });
      await bus.publish(topicOf('rank'), 'sound');
      await bus.drain();
      assert.deepEqual(deliveries(bus.happened), [
        ...Array.from({ length: 5 }, () => 'rank gets poison'),
        'rank gets sound',
      ]);
      assert.ok(bus.happened.includes('rank failed: another writer was first, 0 left'));
      assert.deepEqual(await queue.pending(), []);
      assert.deepEqual(await queue.deadLetters(), [
        {
          id: 3,
          topic: 'rank-dead-letter',
          data: Buffer.from('poison').toString('base64'),
          attributes: {
            intent: 'publish',
            dead_letter_function: 'rank',
            dead_letter_code: 'conflict',
            dead_letter_reason: 'another writer was first',
            dead_letter_message_id: '1',
          },
          publishTime: '2026-03-14T00:30:00.000Z',
        },
      ]);
    });

    it('reports an exception that is not a FailureError as unexpected', async () => {
      const queue = memoryQueue();
      const bus = busOn(queue, async () => {
        throw new TypeError('x is not a function');
      });
      await bus.publish(topicOf('rank'), 'a');
      await bus.drain();
      const [letter] = await queue.deadLetters();
      assert.equal(letter?.attributes.dead_letter_code, 'unexpected');
      assert.equal(letter.attributes.dead_letter_reason, 'x is not a function');
    });
  });

  describe('acknowledges', () => {
    it('a message only after the observer has handled it', async () => {
      const queue = memoryQueue();
      const { options, publish } = busOn(queue);
      await publish(topicOf('rank'), 'a');
      const pendingWhenHandled: number[] = [];
      const handled = async () => {
        pendingWhenHandled.push((await queue.pending()).length);
      };
      await drain({ ...options, observer: { ...options.observer, handled } });
      assert.deepEqual(pendingWhenHandled, [1]);
      assert.deepEqual(await queue.pending(), []);
    });

    it('no message whose observer fails, and redelivers it', async () => {
      const queue = memoryQueue();
      const { options, publish, happened } = busOn(queue);
      await publish(topicOf('rank'), 'a');
      let failures = 1;
      const handled = async () => {
        if (failures-- > 0) throw new Error('the disk is full');
      };
      await drain({ ...options, observer: { ...options.observer, handled } });
      assert.deepEqual(deliveries(happened), ['rank gets a', 'rank gets a']);
      assert.deepEqual(await queue.pending(), []);
      assert.deepEqual(await queue.deadLetters(), []);
    });
  });

  it('resumes in another process after a kill, with the attempts counted', async () => {
    const folder = await newFolder();
    try {
      const killed = busOn(diskQueue(folder.path), async () => {
        throw new Error('not yet');
      });
      await killed.publish(topicOf('ingest'), 'first');
      await killed.publish(topicOf('rank'), 'second');
      const sleep = async (milliseconds: number) => {
        if (milliseconds === 400) throw new Error('killed');
      };
      await assert.rejects(drain({ ...killed.options, sleep }), /^Error: killed$/);
      assert.equal(deliveries(killed.happened).length, 3);

      const queue = diskQueue(folder.path);
      const next = busOn(queue, async (text) => {
        if (text === 'first') throw new Error('still not');
      });
      await next.drain();
      assert.deepEqual(deliveries(next.happened), [
        'ingest gets first',
        'ingest gets first',
        'rank gets second',
      ]);
      assert.deepEqual(
        (await queue.deadLetters()).map(({ attributes }) => attributes.dead_letter_reason),
        ['still not'],
      );
      assert.deepEqual(await queue.pending(), []);
    } finally {
      await folder.remove();
    }
  });
});
