import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The packages that are loaded once a compiled module has been imported. */
const packagesLoadedBy = (module: string): readonly string[] => {
  const probe = join(root, 'test/support/loaded-modules.mjs');
  const words = [probe, join(root, 'dist', module)];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
};

const LAZY = [
  '@google-cloud/firestore',
  '@google-cloud/pubsub',
  '@google-cloud/storage',
  'google-gax',
  'pino',
];

describe('The deployed entry point', () => {
  it('loads no cloud client and no logger before the first event', () => {
    const loaded = packagesLoadedBy('functions/index.js');
    assert.ok(loaded.includes('@google-cloud/functions-framework'), 'the functions are registered');
    assert.deepEqual(
      LAZY.filter((name) => loaded.includes(name)),
      [],
    );
  });

  it('would be caught if it did', () => {
    const loaded = packagesLoadedBy('shared/gcp/environment.js');
    assert.deepEqual(
      LAZY.filter((name) => loaded.includes(name)),
      LAZY,
    );
  });
});
