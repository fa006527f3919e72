import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { committedRevision } from '../../deploy/source-revision.js';
import { temporaryFolder } from '../support/cli.js';

describe('The commit of a clone', () => {
  const folder = temporaryFolder();
  const git = (root: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@e', ...args], {
      cwd: root,
      encoding: 'utf8',
    }).trim();

  const clone = (): string => {
    const root = mkdtempSync(join(folder(), 'clone-'));
    writeFileSync(join(root, 'rule.ts'), 'one\n');
    git(root, 'init', '--quiet');
    git(root, 'add', '.');
    git(root, 'commit', '--quiet', '--message=m');
    return root;
  };

  it('is its head if no tracked file has changed; untracked files do not count', () => {
    const root = clone();
    writeFileSync(join(root, 'notes.txt'), 'untracked\n');
    assert.equal(committedRevision(root), git(root, 'rev-parse', 'HEAD'));
  });

  it('is unknown once a tracked file is edited, staged or deleted', () => {
    const root = clone();
    writeFileSync(join(root, 'rule.ts'), 'two\n');
    assert.equal(committedRevision(root), 'changed');
    git(root, 'add', 'rule.ts');
    assert.equal(committedRevision(root), 'changed');
    rmSync(join(root, 'rule.ts'));
    assert.equal(committedRevision(root), 'changed');
  });

  it('is not that of a repository around the folder, and there is none outside one', () => {
    const inside = join(clone(), 'inside');
    mkdirSync(inside);
    assert.equal(committedRevision(inside), undefined);
    assert.equal(committedRevision(mkdtempSync(join(folder(), 'copy-'))), undefined);
  });
});
