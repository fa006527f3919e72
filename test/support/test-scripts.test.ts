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
    const others = `'test/!(${[...first, ...apart, 'smoke'].join('|')})/**/*.test.ts'`;
    assert.ok(scripts.test.includes(others), others);
    for (const folder of apart)
      assert.ok(scripts[`test:${folder}`].includes(`'test/${folder}/**/*.test.ts'`));
    assert.match(scripts.smoke, / test\/smoke\/demo-month\.test\.ts /);
    // No pattern takes what lies beside the folders.
    const beside = readdirSync(join(root, 'test')).filter((name) => name.endsWith('.test.ts'));
    assert.deepEqual(beside, []);
  });

  it('run every contract suite that has an adapter on the emulators in test:emulator', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const [, listed = ''] = /test\/contract\/\{(.*?)\}/.exec(scripts['test:emulator']) ?? [];
    const folder = join(root, 'test/contract');
    const needed = readdirSync(folder)
      .filter((name) => readFileSync(join(folder, name), 'utf8').includes('WithEmulators('))
      .map((name) => name.replace('.test.ts', ''));
    assert.deepEqual(listed.split(',').sort(), needed.sort());
  });
});
