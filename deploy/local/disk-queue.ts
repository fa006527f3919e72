import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as t from 'io-ts';
import { decodeJson } from '../../shared/codec/decode.js';
import { getOrThrow } from '../../shared/codec/failure.js';
import { isCode, readIfPresent, replaceFile } from '../../shared/local/files.js';
import { mutex } from '../../shared/local/mutex.js';
import { FunctionName } from '../../shared/topology.js';
import type { DeadLetterMessage, MessageQueue, PendingMessage } from './message-queue.js';

const DeadLetterFile = t.strict(
  {
    id: t.number,
    topic: t.string,
    data: t.string,
    attributes: t.record(t.string, t.string),
    publishTime: t.string,
  },
  'dead-letter message',
);
const Pending = t.intersection(
  [DeadLetterFile, t.strict({ subscriber: FunctionName, attempts: t.number })],
  'pending message',
);

const NUMBER_WIDTH = 8;

/** Stores `pending/` and `dead-letters/`, one JSON file per message, and the id counter. */
export const diskQueue = (folder: string): MessageQueue => {
  // Concurrent publishers must not get the same id.
  const exclusive = mutex();
  const pendingFolder = join(folder, 'pending');
  const deadLetterFolder = join(folder, 'dead-letters');
  const counterPath = join(folder, 'last-message-id');
  const fileName = (id: number, name: string): string =>
    `${String(id).padStart(NUMBER_WIDTH, '0')}-${name}.json`;
  const pendingPath = (message: PendingMessage): string =>
    join(pendingFolder, fileName(message.id, message.subscriber));
  const deadLetterPath = (message: DeadLetterMessage): string =>
    join(deadLetterFolder, fileName(message.id, message.topic));

  const readAll = async <A>(
    from: string,
    codec: t.Decoder<unknown, A> & { readonly name: string },
  ): Promise<readonly A[]> => {
    const names = await readdir(from).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return [];
      throw error;
    });
    const found: A[] = [];
    for (const name of names.filter((file) => file.endsWith('.json')).sort()) {
      const text = await readIfPresent(join(from, name));
      if (text === undefined) continue;
      found.push(getOrThrow(decodeJson(codec, name)(text.toString('utf8'))));
    }
    return found;
  };

  return {
    nextId: () =>
      exclusive(async () => {
        const text = await readIfPresent(counterPath);
        const next = Number(text?.toString('utf8') ?? 0) + 1;
        await replaceFile(counterPath, `${next}\n`);
        return next;
      }),
    put: (message) => replaceFile(pendingPath(message), `${JSON.stringify(message, null, 2)}\n`),
    remove: (message) => unlink(pendingPath(message)),
    pending: () => readAll(pendingFolder, Pending),
    putDeadLetter: (message) =>
      replaceFile(deadLetterPath(message), `${JSON.stringify(message, null, 2)}\n`),
    deadLetters: () => readAll(deadLetterFolder, DeadLetterFile),
    removeDeadLetter: (message) => unlink(deadLetterPath(message)),
  };
};
