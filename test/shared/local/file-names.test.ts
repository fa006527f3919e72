import assert from 'node:assert/strict';
import { normalize } from 'node:path/posix';
import fc from 'fast-check';
import { folderOfKey, keyOfPath, pathOfKey } from '../../../shared/local/file-names.js';

/** Any name that a person or a program might choose, and names special to file systems. */
const key = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('', '.', '..', 'a', 'a.json', 'a.1.part', 'a.json.tmp', '%', '%2E', '~'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((segments) => segments.join('/'));

describe('file names of keys', () => {
  it('are the keys themselves where those are ordinary', () => {
    for (const ordinary of ['current/live_pool.json', 'snapshots/2026-03-13/f7c1/bars.f64'])
      assert.equal(pathOfKey(ordinary), ordinary);
  });

  it('can be decoded to the key, as files and as folders', () => {
    fc.assert(
      fc.property(key, (any) => {
        assert.equal(keyOfPath(pathOfKey(any)), any);
        assert.equal(keyOfPath(folderOfKey(any)), any);
      }),
    );
  });

  it('are plain relative paths that stay below their folder', () => {
    fc.assert(
      fc.property(key, (any) => {
        const path = pathOfKey(any);
        assert.match(path, /^[A-Za-z0-9._=+@,%/-]+$/);
        assert.equal(normalize(path), path);
        assert.ok(!path.startsWith('/') && !path.split('/').includes('..'));
      }),
    );
  });

  it('never give a folder the suffix of a file of the stores', () => {
    fc.assert(
      fc.property(key, (any) => {
        for (const folder of folderOfKey(any).split('/'))
          assert.doesNotMatch(folder, /\.(json|part|tmp)$/i);
      }),
    );
  });
});
