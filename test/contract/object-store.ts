import assert from 'node:assert/strict';
import * as O from 'fp-ts/lib/Option.js';
import type { Generation, ObjectStore } from '../../shared/ports/object-store.js';
import { bytesOf, objectAccess } from './object-access.js';
import { describeObjectContent } from './object-content.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

/** What every object store must do, run against one adapter. */
export const describeObjectStore = (
  name: string,
  make: () => Promise<Opened<ObjectStore>>,
): void => {
  describe(`the object store ${name}`, () => {
    const opened = openedForEach(make);

    const { write, written, refused, stored, textOf, keysUnder } = objectAccess(
      () => opened().store,
    );

    describe('reading', () => {
      it('finds nothing where nothing was written', async () => {
        const { store } = opened();
        assert.deepEqual(await done(store.read('a/b')), O.none);
        assert.deepEqual(await done(store.head('a/b')), O.none);
        assert.deepEqual(await done(store.list('')), []);
      });

      it('sees a write as soon as it is answered, in every way of looking', async () => {
        const generation = await written('folder/a', 'content', 0, { sha256: 'abc', note: 'é 币' });
        const info = {
          key: 'folder/a',
          generation,
          size: 7,
          metadata: { sha256: 'abc', note: 'é 币' },
        };
        const { bytes, ...rest } = await stored('folder/a');
        assert.deepEqual(rest, info);
        assert.equal(Buffer.from(bytes).toString(), 'content');
        assert.deepEqual(await done(opened().store.head('folder/a')), O.some(info));
        assert.deepEqual(await done(opened().store.list('')), [info]);
      });

      it('keeps an object apart from the buffers of its writer and its readers', async () => {
        const given = bytesOf('content');
        await written('a', given, 0);
        given.fill(0);
        assert.equal(await textOf('a'), 'content');
        (await stored('a')).bytes.fill(0);
        assert.equal(await textOf('a'), 'content');
      });

      it('takes the view of a larger buffer for what it shows', async () => {
        await written('a', bytesOf('<<content>>').subarray(2, 9), 0);
        assert.equal(await textOf('a'), 'content');
      });
    });

    describe('preconditions', () => {
      it('create only what is absent', async () => {
        await written('a', 'first', 0);
        await refused('a', 'second', 0);
        assert.equal(await textOf('a'), 'first');
      });

      it('replace only the generation that they name', async () => {
        const first = await written('a', 'first', 0);
        const second = await written('a', 'second', first);
        await refused('a', 'late', first);
        await refused('a', 'from the future', second + 1);
        assert.equal(await textOf('a'), 'second');
        await written('a', 'third', second);
        assert.equal(await textOf('a'), 'third');
      });

      it('replace nothing that is not there', async () => {
        await refused('a', 'content', 1);
        assert.deepEqual(await done(opened().store.head('a')), O.none);
        assert.deepEqual(await keysUnder(''), []);
      });

      it('leave generation, metadata and list alone when they refuse', async () => {
        await written('a', 'first', 0, { from: 'first' });
        const before = await done(opened().store.list(''));
        await refused('a', 'longer than the first', 0, { from: 'second' });
        assert.deepEqual(await done(opened().store.list('')), before);
      });

      it('let exactly one of ten racing creators win, with its own bytes and metadata', async () => {
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, racer) =>
            write('a', `racer ${racer}`, 0, { racer: String(racer) }),
          ),
        );
        const winners = results.flatMap(({ outcome }, racer) =>
          outcome === 'written' ? [racer] : [],
        );
        assert.equal(winners.length, 1);
        assert.equal(await textOf('a'), `racer ${winners[0]}`);
        assert.deepEqual((await stored('a')).metadata, { racer: String(winners[0]) });
      });

      it('let exactly one of ten racing creators win, also when all write the same', async () => {
        const results = await Promise.all(
          Array.from({ length: 10 }, () => write('a', 'same', 0, { said: 'the same' })),
        );
        assert.equal(results.filter(({ outcome }) => outcome === 'written').length, 1);
        const { generation } = await stored('a');
        assert.deepEqual(
          results.find(({ outcome }) => outcome === 'written'),
          { outcome: 'written', generation },
        );
      });

      it('let exactly one of ten racers replace a generation', async () => {
        const first = await written('a', 'first', 0);
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, racer) => write('a', `racer ${racer}`, first)),
        );
        assert.equal(results.filter(({ outcome }) => outcome === 'written').length, 1);
        const winner = results.findIndex(({ outcome }) => outcome === 'written');
        assert.equal(await textOf('a'), `racer ${winner}`);
      });
    });

    describe('generations', () => {
      it('grow with every write, also one of the same bytes, and never without', async () => {
        const seen: Generation[] = [0];
        for (let turn = 0; turn < 5; turn++) {
          const before = seen.at(-1) ?? 0;
          const generation = await written('a', 'same', before);
          assert.ok(generation > before, `${generation} after ${before}`);
          seen.push(generation);
          await refused('a', 'other', before);
          await written(`neighbour-${turn}`, 'same', 0);
          await done(opened().store.list(''));
          assert.equal((await stored('a')).generation, generation);
          assert.deepEqual(
            O.map(({ generation: now }: { generation: number }) => now)(
              await done(opened().store.head('a')),
            ),
            O.some(generation),
          );
        }
      });

      it('carry their own metadata: what the next write does not repeat is gone', async () => {
        const first = await written('a', 'first', 0, { kept: 'no', seq: '1' });
        const second = await written('a', 'second', first, { seq: '2' });
        assert.deepEqual((await stored('a')).metadata, { seq: '2' });
        await written('a', 'third', second);
        assert.deepEqual((await stored('a')).metadata, {});
      });
    });

    describe('listing', () => {
      it('takes a prefix literally, and ascends by key', async () => {
        const keys = ['b/2', 'b/10', 'a/x', 'bc', 'b.json', 'c/b/1', 'b-1', 'Z'];
        for (const key of keys) await written(key, key, 0);
        assert.deepEqual(await keysUnder(''), [...keys].sort());
        assert.deepEqual(await keysUnder('b/'), ['b/10', 'b/2']);
        assert.deepEqual(await keysUnder('b'), ['b-1', 'b.json', 'b/10', 'b/2', 'bc']);
        assert.deepEqual(await keysUnder('b/1'), ['b/10']);
        assert.deepEqual(await keysUnder('nowhere/'), []);
      });

      it('ascends by UTF-16 code units, as every sort of texts here does', async () => {
        // By code points, as by UTF-8, the coin would come last.
        const keys = ['z', '\u00e9', '\ud83e\ude99', '\uff5e'];
        for (const key of [...keys].reverse()) await written(key, key, 0);
        assert.deepEqual(await keysUnder(''), keys);
      });

      it('does not repeat an object that was written often', async () => {
        let generation = 0;
        for (let turn = 0; turn < 3; turn++)
          generation = await written('a', `turn ${turn}`, generation);
        const [only, ...more] = await done(opened().store.list(''));
        assert.deepEqual(more, []);
        assert.equal(only?.generation, generation);
      });
    });

    describeObjectContent(opened);
  });
};
