import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

describe('the test scripts', () => {
  it('leave no file out: each lies in a folder that exactly one pattern takes', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const apart = ['emulator', 'browser'];
    const first = ['simulation', 'deploy', 'golden'];
    for (const folder of first) assert.ok(scripts.test.includes(`'test/${folder}/**/*.test.ts'`));
    const others = `'test/!(${[...first, ...apart].join('|')})/**/*.test.ts'`;
    assert.ok(scripts.test.includes(others), others);
    for (const folder of apart)
      assert.ok(scripts[`test:${folder}`].includes(`'test/${folder}/**/*.test.ts'`));
    // No pattern takes what lies beside the folders.
    const beside = readdirSync(join(root, 'test')).filter((name) => name.endsWith('.test.ts'));
    assert.deepEqual(beside, []);
  });
});
