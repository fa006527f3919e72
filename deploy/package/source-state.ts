import { execFileSync } from 'node:child_process';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../shared/codec/decode.js';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { Revision } from '../../shared/codec/primitives.js';
import { packagingError } from './packaging-error.js';

/** The commit that some files are said to be of. */
export interface SourceState {
  readonly revision: Revision;
  /** Those of them that the commit has otherwise or not at all. */
  readonly changed: readonly string[];
}

const git = (root: string, ...words: readonly string[]): string | undefined => {
  try {
    return execFileSync('git', ['--no-optional-locks', ...words], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
};

/** A copy of the package inside somebody else's repository is not that repository's commit. */
const headOf = (root: string): Revision | undefined => {
  const [head, prefix] = (git(root, 'rev-parse', 'HEAD', '--show-prefix') ?? '').split('\n');
  return prefix === '' && Revision.is(head) ? head : undefined;
};

const STATUS = [
  'status',
  '--porcelain',
  '-z',
  '--no-renames',
  '--ignored',
  '--untracked-files=all',
];

const changedIn = (root: string, files: readonly string[]): readonly string[] => {
  const status = git(root, ...STATUS, '--', ...files);
  if (status === undefined)
    throw packagingError(`git cannot say whether ${root} has been changed.`);
  return status
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
};

/**
 * What a clone says about its files; where there is no clone, `SOURCE_REVISION` is taken at its
 * word. Neither of them, or two that disagree, is an error.
 */
export const sourceState = (
  root: string,
  files: readonly string[],
  given: string | undefined,
): SourceState => {
  const head = headOf(root);
  if (head === undefined) {
    const revision = decode(Revision, 'SOURCE_REVISION, as this is not a clone')(given);
    if (E.isLeft(revision)) throw packagingError(revision.left.message);
    return { revision: revision.right, changed: [] };
  }
  if (given !== undefined && given !== head)
    throw new FailureError(
      permanent(
        'conflict',
        `SOURCE_REVISION: expected ${head}, the commit of this clone, got ${given}. Unset it, or ` +
          'check out the commit that is meant.',
      ),
    );
  return { revision: head, changed: changedIn(root, files) };
};
