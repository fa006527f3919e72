import { localPublisher } from '../../deploy/local/bus.js';
import { queueDeadLetters } from '../../deploy/local/dead-letters.js';
import { diskQueue } from '../../deploy/local/disk-queue.js';
import type { MessageQueue } from '../../deploy/local/message-queue.js';
import { deadLetterTopic } from '../../shared/topology.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { memoryQueue } from '../support/memory-queue.js';
import { type DeadLettersUnderTest, describeDeadLetters } from './dead-letters.js';
import { done } from './store-under-test.js';

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
