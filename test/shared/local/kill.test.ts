import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as O from 'fp-ts/lib/Option.js';
import { diskDocumentStore } from '../../../shared/local/disk-document-store.js';
import { diskObjectStore } from '../../../shared/local/disk-object-store.js';
import { done } from '../../contract/store-under-test.js';
import { bundled } from '../../support/bundled.js';
import { contentOf } from './content-of-turn.js';
import { newFolder } from './temporary-folder.js';

/**
 * When each process is killed: so long after it has answered so many turns. A turn takes a few ms.
 */
const kills = Array.from({ length: 24 }, (_, kill) => ({
  turns: (kill * 7) % 11,
  milliseconds: (kill * 0.37) % 8,
}));

/** Does not give way to anything else: a timer could not be set so finely. */
const spin = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

/** Starts a writer, kills it at that moment, and tells the last turn that it answered. */
const killedAfter = async (
  program: string,
  folder: string,
  { turns, milliseconds }: (typeof kills)[number],
): Promise<number> => {
  const child = spawn(process.execPath, ['--enable-source-maps', program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let answered = 0;
  let last = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    answered += 1;
    if (answered <= turns || child.killed) continue;
    spin(milliseconds);
    child.kill('SIGKILL');
  }
  assert.deepEqual(await ended, [null, 'SIGKILL'], 'it ended before it was killed');
  return last;
};

describe('stores whose process is killed again and again', () => {
  const writer = bundled(new URL('./writer-process.ts', import.meta.url));

  it('hold nothing but whole writes, and every write that was answered', async () => {
    const { path, remove } = await newFolder();
    try {
      for (const [kill, moment] of kills.entries()) {
        const answered = await killedAfter(writer(), path, moment);
        const story = `kill ${kill}, turn ${answered} answered`;
        const objects = diskObjectStore(join(path, 'objects'), join(path, 'records'));
        const documents = diskDocumentStore(join(path, 'documents'));

        const head = O.toUndefined(
          await done(documents.get({ collection: 'control', document: 'head' })),
        );
        const turn = Number(head?.turn);
        assert.ok(turn === answered || turn === answered + 1, `${story}, head at ${turn}`);
        const entries = await done(documents.list('ledger'));
        assert.equal(entries.length, turn, story);

        for (const { key, generation } of await done(objects.list(''))) {
          const read = O.toUndefined(await done(objects.read(key)));
          const by = Number(read?.metadata.turn);
          assert.ok(
            Buffer.from(read?.bytes ?? []).equals(contentOf(by)),
            `${story}, ${key} is torn`,
          );
          assert.equal(key, `folder/${by % 3}`, story);
          assert.ok(by > answered - 3 && by <= turn + 1, `${story}, ${key} by ${by}`);
          assert.ok(generation >= Math.floor(by / 3), `${story}, ${key} has ${generation}`);
        }
      }
    } finally {
      await remove();
    }
  });
});
