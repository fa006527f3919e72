import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from '../../../../shared/schema/generate.js';
import { livePool, temporaryFolder } from '../../../support/cli.js';
import { fileHashes } from '../../../support/file-hashes.js';

describe('live-pool contract schema', () => {
  const folder = temporaryFolder();

  it('writes every schema and the AsyncAPI document, and names them', async () => {
    const output = join(folder(), 'schemas');
    const args = ['contract', 'schema', '--output', output, '--format', 'json'];
    const { code, stdout, stderr } = await livePool(args);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      files: generatedFiles().map(({ path }) => join(output, path)),
    });
    for (const { path, text } of generatedFiles())
      assert.equal(readFileSync(join(output, path), 'utf8'), text);

    const before = fileHashes(output);
    assert.equal((await livePool(args)).code, 0);
    assert.deepEqual(fileHashes(output), before);
  });

  it('has help with an example', async () => {
    const { code, stdout } = await livePool(['contract', 'schema', '--help']);
    assert.equal(code, 0);
    assert.match(stdout, /--output <dir>[\s\S]*Example:\n {2}live-pool contract schema --output/);
  });
});
