import assert from 'node:assert/strict';
import { archivedLock } from '../../../deploy/package/archived-lock.js';

const manifest = JSON.stringify({ name: 'a', version: '1.0.0', dependencies: { left: '1.0.0' } });

const lockOf = (packages: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ name: 'house', version: '1.0.0', lockfileVersion: 3, requires: true, packages });

const left = { version: '1.0.0', integrity: 'sha512-left' };

describe('The lock of the archive', () => {
  it('keeps folder, version and integrity of each needed package, also of nested ones', async () => {
    const needed = {
      'node_modules/left': { ...left, dependencies: { right: '^1.0.0' } },
      'node_modules/left/node_modules/right': { version: '1.2.0', integrity: 'sha512-old' },
    };
    const { text, packages } = await archivedLock(
      manifest,
      lockOf({
        '': { name: 'house', version: '1.0.0', devDependencies: { right: '2.0.0', tool: '1.0.0' } },
        ...needed,
        'node_modules/right': { version: '2.0.0', integrity: 'sha512-new', dev: true },
        'node_modules/tool': { version: '1.0.0', integrity: 'sha512-tool', dev: true },
      }),
    );
    const { '': root, ...locked } = JSON.parse(text).packages;
    assert.deepEqual(root, { name: 'a', version: '1.0.0', dependencies: { left: '1.0.0' } });
    assert.deepEqual([locked, packages], [needed, 2]);
  });

  it('drops the dev mark of a package that only development needed before', async () => {
    const { text } = await archivedLock(
      manifest,
      lockOf({
        '': { name: 'house', version: '1.0.0', devDependencies: { left: '1.0.0' } },
        'node_modules/left': { ...left, dev: true },
      }),
    );
    assert.deepEqual(JSON.parse(text).packages['node_modules/left'], left);
  });
});
