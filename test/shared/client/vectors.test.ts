import assert from 'node:assert/strict';
import { readVectors, resolvedVector } from '../../golden/client/read-vectors.js';
import { groups } from '../../golden/client/table/groups.js';

/** Key for key: the order of a map is the order of the pool. */
const text = (value: unknown): string => JSON.stringify(value, null, 1);

describe('The vectors of the clients contain', () => {
  const files = readVectors();

  it('at least 60 situations, each with its own name', () => {
    const names = [...files.values()].flat().map(({ name }) => name);
    assert.ok(names.length >= 60);
    assert.equal(new Set(names).size, names.length);
  });

  it('exactly the vectors of the tables', () => {
    assert.deepEqual([...files.keys()], Object.keys(groups));
    for (const [name, vectors] of files) assert.equal(text(vectors), text(groups[name]));
  });

  for (const [group, vectors] of files)
    describe(group, () => {
      for (const vector of vectors)
        it(vector.name, () => {
          const found = resolvedVector(vector);
          assert.deepEqual(found, vector.expect);
          assert.deepEqual(found.symbols, Object.keys(found.symbol_map));
        });
    });
});
