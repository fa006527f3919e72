import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { diskObjectStore } from '../../../shared/local/disk-object-store.js';
import type { ObjectStore, WriteResult } from '../../../shared/ports/object-store.js';
import { done } from '../../contract/store-under-test.js';
import { killedAtStep } from './failing-disk.js';
import { type NewFolder, newFolder } from './temporary-folder.js';

const KEY = 'releases/v1/live_pool.json';
const OLD = 'the old content';
const NEW = 'the new content, which is longer';

describe('objects on disk', () => {
  let folder: NewFolder;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(() => folder.remove());

  const contentFolder = (): string => join(folder.path, 'objects');
  const recordFolder = (): string => join(folder.path, 'records');
  /** As a process that has just started sees it. */
  const reopened = (): ObjectStore => diskObjectStore(contentFolder(), recordFolder());
  const write = (
    store: ObjectStore,
    key: string,
    text: string,
    ifGenerationMatch: number,
  ): Promise<WriteResult> =>
    done(
      store.write(key, new TextEncoder().encode(text), {
        ifGenerationMatch,
        contentType: 'text/plain',
        metadata: { says: text },
      }),
    );
  const failureOf = async (task: Promise<E.Either<{ message: string }, unknown>>) => {
    const result = await task;
    assert.ok(E.isLeft(result), 'it succeeded');
    return result.left;
  };

  /** Everything that a store says about an object, checked against each other. */
  const seen = async (store: ObjectStore) => {
    const read = await done(store.read(KEY));
    const head = await done(store.head(KEY));
    const listed = await done(store.list(''));
    if (O.isNone(read)) {
      assert.deepEqual([head, listed], [O.none, []]);
      return { text: undefined, generation: 0 };
    }
    const { bytes, ...info } = read.value;
    const text = Buffer.from(bytes).toString();
    assert.deepEqual([head, listed], [O.some(info), [info]]);
    assert.equal(info.size, bytes.length);
    assert.deepEqual(info.metadata, { says: text });
    assert.equal(readFileSync(join(contentFolder(), KEY), 'utf8'), text);
    return { text, generation: info.generation };
  };

  const emptied = () => rm(folder.path, { recursive: true, force: true });

  for (const [situation, old] of [
    ['a new object', { text: undefined, generation: 0 }],
    ['a replaced object', { text: OLD, generation: 1 }],
  ] as const) {
    const prepare = async (): Promise<void> => {
      await emptied();
      if (old.text !== undefined) await write(reopened(), KEY, old.text, 0);
    };
    const writeNew = (): Promise<unknown> => write(reopened(), KEY, NEW, old.generation);
    const attemptNew = (): Promise<unknown> => writeNew().catch(() => undefined);
    const wanted = { text: NEW, generation: old.generation + 1 };

    it(`are old or new, never a mix, whenever the writer of ${situation} was killed`, async () => {
      const texts: (string | undefined)[] = [];
      for (let step = 1; ; step++) {
        await prepare();
        if (!(await killedAtStep(step, attemptNew))) break;
        const found = await seen(reopened());
        assert.deepEqual(found, found.text === NEW ? wanted : old, `killed at step ${step}`);
        assert.deepEqual(await seen(reopened()), found, 'a second look sees the same');
        texts.push(found.text);

        // The retry of the writer who was killed.
        const retry = await write(reopened(), KEY, NEW, old.generation);
        assert.equal(retry.outcome, found.text === NEW ? 'precondition_failed' : 'written');
        assert.deepEqual(await seen(reopened()), wanted);
      }
      const commit = texts.indexOf(NEW);
      assert.ok(commit > 0 && texts.length > commit, 'the commit lies within the steps');
      assert.ok(
        texts.slice(commit).every((text) => text === NEW),
        'there is one commit',
      );
    });

    it(`are healed of the death of ${situation}'s writer even by readers who are killed too`, async () => {
      for (let step = 1; ; step++) {
        await prepare();
        if (!(await killedAtStep(step, attemptNew))) break;
        let readerDied = true;
        for (let later = 1; readerDied; later++)
          readerDied = await killedAtStep(later, async () => reopened().read(KEY)());
        const found = await seen(reopened());
        assert.deepEqual(found, found.text === NEW ? wanted : old, `killed at step ${step}`);
      }
    });
  }

  it('keep their generations and metadata in a store that is opened anew', async () => {
    await write(reopened(), KEY, OLD, 0);
    await write(reopened(), KEY, NEW, 1);
    assert.deepEqual(await seen(reopened()), { text: NEW, generation: 2 });
    assert.deepEqual(await write(reopened(), KEY, 'late', 1), { outcome: 'precondition_failed' });
    assert.deepEqual(await write(reopened(), KEY, 'third', 2), {
      outcome: 'written',
      generation: 3,
    });
  });

  it('are stored under their own names, with no other files beside them', async () => {
    for (const key of ['current/live_pool.json', 'current/latest_ranking.csv'])
      await write(reopened(), key, key, 0);
    assert.deepEqual((await readdir(join(contentFolder(), 'current'))).sort(), [
      'latest_ranking.csv',
      'live_pool.json',
    ]);
  });

  it('are never outside of their folder', async () => {
    const keys = ['../outside', '/absolute', 'a/../../../outside', '../../outside'];
    for (const key of keys) await write(reopened(), key, key, 0);
    assert.deepEqual((await readdir(folder.path)).sort(), ['objects', 'records']);
    assert.deepEqual(
      (await done(reopened().list(''))).map(({ key }) => key),
      [...keys].sort(),
    );
  });

  it('whose file was removed by hand are absent, and are created again under a new generation', async () => {
    await write(reopened(), KEY, OLD, 0);
    await rm(join(contentFolder(), KEY));
    assert.deepEqual(await done(reopened().read(KEY)), O.none);
    assert.deepEqual(await done(reopened().head(KEY)), O.none);
    assert.deepEqual(await done(reopened().list('')), []);
    assert.deepEqual(await write(reopened(), KEY, NEW, 1), { outcome: 'precondition_failed' });
    await write(reopened(), KEY, NEW, 0);
    assert.deepEqual(await seen(reopened()), { text: NEW, generation: 2 });
  });

  it('whose record was damaged by hand fail with a message that names them', async () => {
    await write(reopened(), KEY, OLD, 0);
    await writeFile(join(recordFolder(), `${KEY}.json`), '{"generation":"one"}');
    const failure = await failureOf(reopened().read(KEY)());
    assert.match(failure.message, /^record of object releases\/v1\/live_pool\.json: generation: /);
  });

  it('fail, and leave no file, under a name that the file system does not allow', async () => {
    const key = `folder/${'x'.repeat(300)}`;
    const failure = await failureOf(
      reopened().write(key, new Uint8Array(), { ifGenerationMatch: 0, contentType: '' })(),
    );
    assert.match(failure.message, /^Could not write object folder\/x+: ENAMETOOLONG/);
    assert.deepEqual(await done(reopened().list('')), []);
  });

  for (const [first, second, reason] of [
    ['a/b', 'a/b/c/d', 'no object can lie below the object a/b'],
    ['a/b/c/d', 'a/b', 'it would stand in the way of the object a/b/c/d'],
  ] as const)
    it(`refuse ${second} beside ${first}, for good and before anything is written`, async () => {
      await write(reopened(), first, 'first', 0);
      const before = await readdir(folder.path, { recursive: true });
      const failure = await failureOf(
        reopened().write(second, new Uint8Array(), { ifGenerationMatch: 0, contentType: '' })(),
      );
      assert.deepEqual(failure, {
        kind: 'permanent',
        code: 'conflict',
        message: `Could not write object ${second}: on disk, ${reason}`,
      });
      assert.deepEqual(await readdir(folder.path, { recursive: true }), before);
      assert.equal((await done(reopened().list(''))).length, 1);
    });

  it('are whole for a reader in another process while they are replaced', async () => {
    const [writer, reader] = [reopened(), reopened()];
    let generation = 0;
    let reads = 0;
    let writing = true;
    const reading = (async () => {
      while (writing) {
        const found = await done(reader.read(KEY));
        if (O.isNone(found)) continue;
        reads += 1;
        const { bytes, metadata } = found.value;
        assert.deepEqual(metadata, { says: Buffer.from(bytes).toString() });
      }
    })();
    for (let turn = 0; turn < 150; turn++) {
      await write(writer, KEY, `turn ${turn} ${'-'.repeat(turn)}`, generation);
      generation += 1;
    }
    writing = false;
    await reading;
    assert.ok(reads > 0, 'the reader has read');
  });
});
