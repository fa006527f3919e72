import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { PubSub } from '@google-cloud/pubsub';
import { localPublisher } from '../../deploy/local/bus.js';
import { queueDeadLetters } from '../../deploy/local/dead-letters.js';
import { diskQueue } from '../../deploy/local/disk-queue.js';
import type { MessageQueue } from '../../deploy/local/message-queue.js';
import { pubsubDeadLetters } from '../../shared/gcp/dead-letters.js';
import type { DeadLetters } from '../../shared/ports/dead-letters.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';
import { describeAdapterWithEmulators } from '../emulator/emulator.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { memoryQueue } from '../support/memory-queue.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

/** The functions whose dead-letter topics must be there. */
const FUNCTIONS = ['promote', 'reconcile'] as const;

interface DeadLettersUnderTest {
  readonly deadLetters: DeadLetters;
  /** Dead-letters a message; answers with its id once it can be seen. */
  readonly deadLetter: (
    name: FunctionName,
    data: string,
    attributes: Attributes,
  ) => Promise<string>;
}

/** What every store of dead letters must do, run against one adapter. */
const describeDeadLetters = (
  name: string,
  make: () => Promise<Opened<DeadLettersUnderTest>>,
): void => {
  describe(`the dead letters ${name}`, () => {
    const opened = openedForEach(make);
    const deadLetter = (of: FunctionName, data: string, attributes: Attributes = {}) =>
      opened().store.deadLetter(of, data, attributes);
    const list = (...functions: FunctionName[]) => done(opened().store.deadLetters.list(functions));
    const discard = (of: FunctionName, id: string) =>
      done(opened().store.deadLetters.discard(of, id));
    const texts = async (...functions: FunctionName[]): Promise<readonly string[]> =>
      (await list(...functions)).map(({ data }) => new TextDecoder().decode(data));

    it('lists nothing if there are no dead letters', async () => {
      assert.deepEqual(await list(...FUNCTIONS), []);
      assert.deepEqual(await done(opened().store.deadLetters.peek(FUNCTIONS)), []);
    });

    it('shows data, attributes, function and time of a dead letter', async () => {
      const attributes = { dead_letter_code: 'stale', dead_letter_reason: 'ünïcödé 币' };
      const id = await deadLetter('promote', '{"a":1}', attributes);
      const [letter, ...more] = await list('promote');
      assert.deepEqual(more, []);
      assert.deepEqual(
        { ...letter, data: new TextDecoder().decode(letter?.data), deadLetteredAt: undefined },
        { function: 'promote', id, data: '{"a":1}', attributes, deadLetteredAt: undefined },
      );
      assert.match(letter?.deadLetteredAt ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it('lists dead letters repeatedly, and separates functions', async () => {
      await deadLetter('promote', 'one');
      await deadLetter('promote', 'two');
      await deadLetter('reconcile', 'three');
      for (const _ of [1, 2])
        assert.deepEqual([...(await texts('promote'))].sort(), ['one', 'two']);
      assert.deepEqual(await texts('reconcile'), ['three']);
      assert.equal((await list(...FUNCTIONS)).length, 3);
    });

    it('discards exactly one message, once', async () => {
      const id = await deadLetter('promote', 'one');
      await deadLetter('promote', 'two');
      assert.equal(await discard('reconcile', id), 'absent');
      assert.equal(await discard('promote', id), 'discarded');
      assert.deepEqual(await texts('promote'), ['two']);
      assert.equal(await discard('promote', id), 'absent');
    });
  });
};

describeAdapterWithEmulators('Pub/Sub as an operator', () => {
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

const overQueue = (queue: MessageQueue): DeadLettersUnderTest => {
  const publisher = localPublisher(queue, () => new Date('2026-03-13T06:00:00Z'));
  return {
    deadLetters: queueDeadLetters(queue),
    deadLetter: (name, data, attributes) =>
      done(publisher.publish(deadLetterTopic(name), Buffer.from(data), attributes)),
  };
};

describeDeadLetters('of a queue in memory', async () => ({
  store: overQueue(memoryQueue()),
  cleanup: async () => undefined,
}));

describeDeadLetters('of a queue on disk', async () => {
  const { path, remove } = await newFolder();
  return { store: overQueue(diskQueue(path)), cleanup: remove };
});
