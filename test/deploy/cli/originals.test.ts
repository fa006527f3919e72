import assert from 'node:assert/strict';
import { originals } from '../../../deploy/cli/originals.js';
import { sha256 } from '../../../shared/hash.js';

const [ranked, announced, stale] = ['ranked', 'announced', 'stale'].map(sha256);
assert.ok(ranked && announced && stale);
const own = { event_id: announced, causation_id: ranked };
const made = { event_id: stale, causation_id: announced };
const restated = { event_id: ranked, causation_id: null };

describe('The messages about a release', () => {
  it('are those that announced it, not a rollback made from one, whatever their order', () => {
    assert.deepEqual(originals([own, made]), [own]);
    assert.deepEqual(originals([made, own]), [own]);
  });

  it('are all of them where none was made from another', () => {
    assert.deepEqual(
      originals([restated, { ...made, causation_id: sha256('elsewhere') }]).length,
      2,
    );
    assert.deepEqual(originals([]), []);
  });
});
