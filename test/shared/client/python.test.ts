import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readVectors, resolvedVector } from '../../golden/client/read-vectors.js';
import { describeWithPython, python } from '../../support/python.js';

const script = join(import.meta.dirname, 'python/test_vectors.py');

describeWithPython('The Python client', () => {
  it('passes its own tests', async () => {
    for (const file of ['test_vectors.py', 'test_client.py']) {
      const { code, stderr } = await python([join(import.meta.dirname, 'python', file)]);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^OK$/m);
    }
  });

  it('returns the same result as the TypeScript client for every vector', async () => {
    const { code, stdout, stderr } = await python([script, '--results']);
    assert.equal(code, 0, stderr);
    const vectors = [...readVectors().values()].flat();
    const ours = vectors.map((vector) => [vector.name, resolvedVector(vector)]);
    assert.equal(JSON.stringify(JSON.parse(stdout), null, 1), JSON.stringify(ours, null, 1));
  });
});
