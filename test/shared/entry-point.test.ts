import assert from 'node:assert/strict';
import { entryPointOf } from '../../shared/entry-point.js';
import { allFunctions } from '../../shared/topology.js';

describe('An entry point', () => {
  it('has letters and digits only, which Google accepts everywhere', () => {
    for (const name of allFunctions)
      assert.match(entryPointOf(name), /^[A-Za-z][A-Za-z0-9]{0,62}$/);
  });

  it('is the name of the function in camel case, and belongs to one function', () => {
    assert.equal(entryPointOf('rank'), 'rank');
    assert.equal(entryPointOf('sync-firestore'), 'syncFirestore');
    assert.equal(new Set(allFunctions.map(entryPointOf)).size, allFunctions.length);
  });
});
