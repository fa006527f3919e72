import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../contract');

describe('the contract suites', () => {
  it('run in npm run test:emulator if one of their adapters needs the emulators', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const [, listed = ''] = /test\/contract\/\{(.*?)\}/.exec(scripts['test:emulator']) ?? [];
    const needed = readdirSync(folder)
      .filter((name) => readFileSync(join(folder, name), 'utf8').includes('WithEmulators('))
      .map((name) => name.replace('.test.ts', ''));
    assert.deepEqual(listed.split(',').sort(), needed.sort());
  });
});
