import { execFileSync, spawnSync } from 'node:child_process';
import { Revision } from '../shared/codec/primitives.js';

const QUIET = ['ignore', 'pipe', 'ignore'] as const;

const headOf = (root: string): Revision | undefined => {
  try {
    const args = ['rev-parse', 'HEAD', '--show-prefix'];
    const output = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: [...QUIET] });
    const [head, prefix] = output.split('\n');
    return prefix === '' && Revision.is(head) ? head : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The commit of the clone at `root`. Undefined outside a clone, and for a folder inside another
 * repository, whose commit is not the source. `changed` if a tracked file differs from the commit:
 * no commit contains that code. Untracked files do not count.
 */
export const committedRevision = (root: string): Revision | 'changed' | undefined => {
  const head = headOf(root);
  if (head === undefined) return undefined;
  // Compares the work tree and the index with the commit; writes nothing.
  const args = ['--no-optional-locks', 'diff', '--quiet', 'HEAD', '--'];
  return spawnSync('git', args, { cwd: root, stdio: 'ignore' }).status === 0 ? head : 'changed';
};
