import assert from 'node:assert/strict';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { objectAccess } from './object-access.js';
import type { Opened } from './store-under-test.js';

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
export const describeObjectContent = (opened: () => Opened<ObjectStore>): void => {
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

    it('tells upper from lower case', async function () {
      if (opened().foldsCase) return this.skip();
      await written('Name', 'upper', 0);
      await written('name', 'lower', 0);
      assert.equal(await textOf('Name'), 'upper');
      assert.equal(await textOf('name'), 'lower');
    });
  });
};
