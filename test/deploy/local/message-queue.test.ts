import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskQueue } from '../../../deploy/local/disk-queue.js';
import type {
  DeadLetterMessage,
  MessageQueue,
  PendingMessage,
} from '../../../deploy/local/message-queue.js';
import { killedAtStep } from '../../shared/local/failing-disk.js';
import { type NewFolder, newFolder } from '../../shared/local/temporary-folder.js';
import { memoryQueue } from '../../support/memory-queue.js';

const letter = (id: number): DeadLetterMessage => ({
  id,
  topic: 'rank-dead-letter',
  data: Buffer.from(`content ${id}`).toString('base64'),
  attributes: { dead_letter_reason: 'né 币' },
  publishTime: '2026-03-14T00:30:00.000Z',
});
const message = (id: number, attempts = 0): PendingMessage => ({
  ...letter(id),
  topic: 'market-data-ingested',
  subscriber: 'rank',
  attempts,
});

describe('message queues', () => {
  let folder: NewFolder;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => folder.remove());

  const queues: readonly (readonly [string, () => MessageQueue])[] = [
    ['in memory', memoryQueue],
    ['on disk', () => diskQueue(folder.path)],
  ];
  for (const [name, open] of queues)
    describe(name, () => {
      it('assign ids from 1 upwards, each once, also to concurrent callers', async () => {
        const queue = open();
        assert.equal(await queue.nextId(), 1);
        const ids = await Promise.all(Array.from({ length: 20 }, () => queue.nextId()));
        assert.deepEqual(
          ids,
          Array.from({ length: 20 }, (_, index) => index + 2),
        );
      });

      it('list pending messages, oldest first, until they are removed', async () => {
        const queue = open();
        for (const id of [10, 9, 100, 1]) await queue.put(message(id));
        assert.deepEqual(
          await queue.pending(),
          [1, 9, 10, 100].map((id) => message(id)),
        );
        await queue.remove(message(9));
        assert.deepEqual(
          await queue.pending(),
          [1, 10, 100].map((id) => message(id)),
        );
      });

      it('replace a message when its count of attempts changes', async () => {
        const queue = open();
        await queue.put(message(1));
        await queue.put(message(1, 3));
        assert.deepEqual(await queue.pending(), [message(1, 3)]);
        await queue.remove(message(1, 3));
        assert.deepEqual(await queue.pending(), []);
      });

      it('store one copy for each subscriber', async () => {
        const queue = open();
        const other: PendingMessage = { ...message(1), subscriber: 'promote' };
        await queue.put(message(1));
        await queue.put(other);
        await queue.remove(message(1));
        assert.deepEqual(await queue.pending(), [other]);
      });

      it('list dead letters apart from pending messages', async () => {
        const queue = open();
        await queue.putDeadLetter(letter(2));
        await queue.putDeadLetter(letter(10));
        await queue.put(message(3));
        assert.deepEqual(await queue.deadLetters(), [letter(2), letter(10)]);
        assert.deepEqual(await queue.pending(), [message(3)]);
      });
    });

  describe('on disk', () => {
    it('keep ids, messages with their attempts and dead letters across processes', async () => {
      const before = diskQueue(folder.path);
      const id = await before.nextId();
      await before.put(message(id, 4));
      await before.putDeadLetter(letter(7));
      const after = diskQueue(folder.path);
      assert.deepEqual(await after.pending(), [message(id, 4)]);
      assert.deepEqual(await after.deadLetters(), [letter(7)]);
      assert.equal(await after.nextId(), id + 1);
    });

    it('hold the old or the new version of a message after the process is killed at any point', async () => {
      const counts = new Set<number | undefined>();
      for (let step = 1; ; step++) {
        await rm(folder.path, { recursive: true, force: true });
        await diskQueue(folder.path).put(message(1));
        const died = await killedAtStep(step, () =>
          diskQueue(folder.path)
            .put(message(1, 1))
            .catch(() => undefined),
        );
        const [only, ...more] = await diskQueue(folder.path).pending();
        assert.deepEqual(more, []);
        assert.deepEqual(only, message(1, only?.attempts), `killed at step ${step}`);
        counts.add(only?.attempts);
        if (!died) break;
      }
      assert.deepEqual(counts, new Set([0, 1]));
    });

    it('name the file that is not a message', async () => {
      const queue = diskQueue(folder.path);
      await queue.put(message(1));
      await writeFile(join(folder.path, 'pending', '00000001-rank.json'), '{"id":1}');
      await assert.rejects(
        queue.pending(),
        /00000001-rank\.json: topic: expected string, got nothing/,
      );
    });
  });
});
