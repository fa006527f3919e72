import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeDocumentId, encodeDocumentId } from '../../../shared/gcp/document-ids.js';

describe('the ids of documents', () => {
  const cases: readonly (readonly [name: string, id: string])[] = [
    ['CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL', 'CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL'],
    ['00000042', '00000042'],
    ['2026-03-13-core_major', '2026-03-13-core_major'],
    ['币安 🪙', '币安 🪙'],
    ['...', '...'],
    ['_', '_'],
    ['__', '__'],
    ['__open', '__open'],
    ['', '%'],
    ['.', '%2E'],
    ['..', '%2E.'],
    ['____', '%5F___'],
    ['__reserved__', '%5F_reserved__'],
    ['__two\nlines__', '%5F_two\nlines__'],
    ['a/b', 'a%2Fb'],
    ['100%', '100%25'],
    ['%2E', '%252E'],
  ];
  for (const [name, id] of cases)
    it(`are ${JSON.stringify(id)} for ${JSON.stringify(name)}`, () => {
      assert.equal(encodeDocumentId(name), id);
      assert.equal(decodeDocumentId(id), name);
    });

  it('are always accepted by Firestore, and can be decoded', () => {
    const name = fc.string({ unit: fc.constantFrom(...'._/%2Ea\n币') });
    fc.assert(
      fc.property(name, (document) => {
        const id = encodeDocumentId(document);
        assert.doesNotMatch(id, /\/|^$|^\.\.?$|^__.*__$/s);
        assert.equal(decodeDocumentId(id), document);
      }),
      { numRuns: 1000 },
    );
  });
});
