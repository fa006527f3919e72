import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sourceState } from '../../../deploy/package/source-state.js';
import { temporaryFolder } from '../../support/cli.js';
import { REVISION, writeFiles } from './support/project.js';

describe('The source of some files', () => {
  const folder = temporaryFolder();
  const git = (root: string, ...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@e', ...words], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();

  /**
   * Creates a clone whose commit has `a.ts`, `b.ts` and ignores `c.ts`; returns it and the commit.
   */
  const clone = () => {
    const root = mkdtempSync(join(folder(), 'clone-'));
    writeFiles(root, { 'a.ts': 'a', 'b.ts': 'b', '.gitignore': 'c.ts\n' });
    git(root, 'init', '--quiet');
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '--message=m');
    return { root, revision: git(root, 'rev-parse', 'HEAD') };
  };
  const notAClone = (): string => mkdtempSync(join(folder(), 'copy-'));

  it("is the clone's commit if they are unchanged, also if other files have changed", () => {
    const { root, revision } = clone();
    writeFiles(root, { 'b.ts': 'changed', 'd.ts': 'new' });
    assert.deepEqual(sourceState(root, ['a.ts'], undefined), { revision, changed: [] });
    assert.deepEqual(sourceState(root, ['a.ts'], revision), { revision, changed: [] });
  });

  it('is not the commit if one is changed, staged, new, ignored or deleted', () => {
    const { root } = clone();
    const changed = (file: string): readonly string[] =>
      sourceState(root, [file], undefined).changed;
    writeFiles(root, { 'a.ts': 'changed', 'c.ts': 'ignored', 'd ü.ts': 'new' });
    assert.deepEqual(changed('a.ts'), ['a.ts']);
    git(root, 'add', 'a.ts');
    assert.deepEqual(changed('a.ts'), ['a.ts']);
    assert.deepEqual(changed('c.ts'), ['c.ts']);
    assert.deepEqual(changed('d ü.ts'), ['d ü.ts']);
    rmSync(join(root, 'b.ts'));
    assert.deepEqual(changed('b.ts'), ['b.ts']);
    const all = sourceState(root, ['a.ts', 'b.ts', 'c.ts', 'd ü.ts'], undefined).changed;
    assert.deepEqual([...all].sort(), ['a.ts', 'b.ts', 'c.ts', 'd ü.ts']);
  });

  it('cannot be a commit other than the one of the clone', () => {
    const { root, revision } = clone();
    assert.throws(() => sourceState(root, ['a.ts'], REVISION), {
      failure: {
        kind: 'permanent',
        code: 'conflict',
        message:
          `SOURCE_REVISION: expected ${revision}, the commit of this clone, got ${REVISION}. ` +
          'Unset it, or check out that commit.',
      },
    });
  });

  it('is SOURCE_REVISION outside a clone', () => {
    assert.deepEqual(sourceState(notAClone(), ['a.ts'], REVISION), {
      revision: REVISION,
      changed: [],
    });
    for (const given of [undefined, 'main'])
      assert.throws(() => sourceState(notAClone(), ['a.ts'], given), {
        name: 'FailureError',
        message: /^SOURCE_REVISION, as this is not a clone: expected .*, got ("main"|nothing)$/,
      });
  });

  it('is not the commit of another repository that contains a copy', () => {
    const { root } = clone();
    const inside = join(root, 'vendor');
    mkdirSync(inside);
    assert.throws(() => sourceState(inside, ['a.ts'], undefined), {
      message: /this is not a clone/,
    });
  });
});
