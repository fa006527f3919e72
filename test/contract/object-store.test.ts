import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as O from 'fp-ts/lib/Option.js';
import { gcsObjectStore } from '../../shared/gcp/object-store.js';
import { diskObjectStore } from '../../shared/local/disk-object-store.js';
import { memoryObjectStore } from '../../shared/local/memory-object-store.js';
import type {
  Generation,
  ObjectStore,
  StoredObject,
  WriteOptions,
} from '../../shared/ports/object-store.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { openBucket } from '../support/storage-bucket.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An object store in the words of its tests. */
const objectAccess = (store: () => ObjectStore) => {
  const write = (
    key: string,
    content: string | Uint8Array,
    ifGenerationMatch: Generation,
    metadata?: WriteOptions['metadata'],
  ) =>
    done(
      store().write(
        key,
        typeof content === 'string' ? bytesOf(content) : content,
        metadata === undefined
          ? { ifGenerationMatch, contentType: 'text/plain' }
          : { ifGenerationMatch, contentType: 'text/plain', metadata },
      ),
    );
  const written = async (...given: Parameters<typeof write>): Promise<Generation> => {
    const result = await write(...given);
    assert.equal(result.outcome, 'written', `${given[0]} was not written`);
    return result.outcome === 'written' ? result.generation : Number.NaN;
  };
  const refused = async (...given: Parameters<typeof write>): Promise<void> =>
    assert.deepEqual(await write(...given), { outcome: 'precondition_failed' });
  const stored = async (key: string): Promise<StoredObject> => {
    const found = await done(store().read(key));
    assert.ok(O.isSome(found), `there is no ${key}`);
    return found.value;
  };
  const textOf = async (key: string): Promise<string> =>
    new TextDecoder().decode((await stored(key)).bytes);
  const keysUnder = async (prefix: string): Promise<readonly string[]> =>
    (await done(store().list(prefix))).map(({ key }) => key);

  return { write, written, refused, stored, textOf, keysUnder };
};

const ODD_KEYS: readonly string[] = [
  'with space',
  ' leading and trailing ',
  'Überläufe/币安/🪙',
  'e\u0301 is not \u00e9',
  '\u00e9 is not e\u0301',
  '..',
  'up/../down',
  'up/./here',
  '...',
  '.hidden',
  '100%',
  '%2e%2e',
  'a%2Fb',
  `quotes '"\``,
  'shell !~*()$&;|<>?',
  'query?a=b#c',
  'back\\slash',
  'a:b',
  'double//slash',
  'folder/',
  'taken',
  'taken.json',
  'taken.json.json',
  'taken.tmp',
  'taken.json.tmp',
  'taken.part',
  'taken.1.part',
  'bare',
  'bare.json/below',
  'bare.1.part/below',
  'bare.json.tmp/below',
  Array.from({ length: 40 }, (_, depth) => `depth-${depth}`).join('/'),
];

const MEGABYTE = 1024 * 1024;

/** Bytes without a pattern that a block size could hide. */
const noise = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
};

/** What an object store must be able to hold, and under which names. */
const describeObjectContent = (opened: () => Opened<ObjectStore>): void => {
  const { written, refused, stored, textOf, keysUnder } = objectAccess(() => opened().store);

  describe('content and names', () => {
    it('holds an empty object', async () => {
      await written('a', '', 0);
      const { bytes, size } = await stored('a');
      assert.equal(size, 0);
      assert.equal(bytes.length, 0);
      await refused('a', 'content', 0);
    });

    it('holds every value that a byte can have', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);
      await written('a', bytes, 0);
      assert.equal(Buffer.compare((await stored('a')).bytes, bytes), 0);
    });

    it('holds an object of 32 MB, and replaces it by a small one', async () => {
      const bytes = noise(32 * MEGABYTE);
      const generation = await written('large', bytes, 0);
      const large = await stored('large');
      assert.equal(large.size, bytes.length);
      assert.equal(Buffer.compare(large.bytes, bytes), 0);
      await written('large', 'small', generation);
      assert.equal(await textOf('large'), 'small');
    });

    it('keeps objects with odd names apart, and lists each by its name', async () => {
      for (const key of ODD_KEYS) await written(key, `content of ${key}`, 0);
      for (const key of ODD_KEYS) assert.equal(await textOf(key), `content of ${key}`);
      assert.deepEqual(new Set(await keysUnder('')), new Set(ODD_KEYS));
      for (const key of ODD_KEYS) assert.ok((await keysUnder(key)).includes(key), key);
    });

    it('distinguishes upper and lower case', async function () {
      if (opened().foldsCase) return this.skip();
      await written('Name', 'upper', 0);
      await written('name', 'lower', 0);
      assert.equal(await textOf('Name'), 'upper');
      assert.equal(await textOf('name'), 'lower');
    });
  });
};

/** What every object store must do, run against one adapter. */
const describeObjectStore = (name: string, make: () => Promise<Opened<ObjectStore>>): void => {
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

      it('reads a write as soon as it has returned, by every operation', async () => {
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

      it('writes only the visible part of a larger buffer', async () => {
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

      it('do not replace an absent object', async () => {
        await refused('a', 'content', 1);
        assert.deepEqual(await done(opened().store.head('a')), O.none);
        assert.deepEqual(await keysUnder(''), []);
      });

      it('do not change generation, metadata and list when they fail', async () => {
        await written('a', 'first', 0, { from: 'first' });
        const before = await done(opened().store.list(''));
        await refused('a', 'longer than the first', 0, { from: 'second' });
        assert.deepEqual(await done(opened().store.list('')), before);
      });

      it('allow exactly one of ten concurrent creations, with its own bytes and metadata', async () => {
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

      it('allow exactly one of ten concurrent creations, also of the same content', async () => {
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

      it('allow exactly one of ten concurrent replacements of a generation', async () => {
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
      it('grow with every write, also of the same bytes, and never otherwise', async () => {
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

      it('have their own metadata: a later write does not inherit it', async () => {
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

describeObjectStore('in memory', async () => ({
  store: memoryObjectStore(),
  cleanup: async () => undefined,
}));

describeObjectStore('on disk', async () => {
  const { path, remove, foldsCase } = await newFolder();
  return {
    store: diskObjectStore(join(path, 'objects'), join(path, 'records')),
    cleanup: remove,
    foldsCase,
  };
});

describeObjectStore('on Cloud Storage', async () => {
  const { bucket, close } = await openBucket();
  return { store: gcsObjectStore(bucket, 'root/prefix'), cleanup: close };
});
