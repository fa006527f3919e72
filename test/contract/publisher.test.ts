import { localPublisher } from '../../deploy/local/bus.js';
import { diskQueue } from '../../deploy/local/disk-queue.js';
import type { MessageQueue } from '../../deploy/local/message-queue.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { memoryQueue } from '../support/memory-queue.js';
import { describePublisher, type PublisherUnderTest } from './publisher.js';

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
