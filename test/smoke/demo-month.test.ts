import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { SOURCE_REVISION, temporaryFolder } from '../support/cli.js';
import { committedDemoHashes, demoHashes } from '../support/demo-hashes.js';

const root = resolve(import.meta.dirname, '../..');

/** Runs a command as a person types it, and tells what it has printed. */
const typed = (command: string, ...words: readonly string[]): string =>
  execFileSync(command, words, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, SOURCE_REVISION },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

describe(`The demo month on Node ${process.versions.node}`, function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const state = (): string => join(folder(), 'demo');
  let printed: string;

  before(() => {
    printed = typed('npm', 'start', '--', '--state', state());
  });

  it('is published by npm start', () => {
    assert.match(printed, /^Published 2026-03-13-core_major as promotion 1\.$/m);
  });

  it('has the bytes whose hashes are committed', () => {
    assert.equal(demoHashes(state()), committedDemoHashes());
  });

  it('passes live-pool contract validate --require-manifest', () => {
    const words = ['contract', 'validate', join(state(), 'output'), '--require-manifest'];
    typed('npx', 'live-pool', ...words, '--allow-stale');
  });

  it('is what live-pool status shows', () => {
    assert.match(typed('npx', 'live-pool', 'status', '--state', state()), /2026-03-13-core_major/);
  });

  it('was made by npm on the same Node', () => {
    const { node } = JSON.parse(typed('npm', 'version', '--json'));
    assert.equal(node, process.versions.node);
  });
});
