import { execFileSync } from 'node:child_process';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../shared/codec/decode.js';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { Revision } from '../../shared/codec/primitives.js';
import { packagingError } from './packaging-error.js';

/** The source commit of some files. */
export interface SourceState {
  readonly revision: Revision;
  /** The files that differ from the commit or are not in it. */
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

/** Undefined for a copy of the package inside another repository: its commit is not the source. */
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
    throw packagingError(`git could not determine whether ${root} has uncommitted changes.`);
  return status
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
};

/**
 * The state of the files in a clone. Outside a clone `SOURCE_REVISION` is trusted. It is an error
 * if neither is available, or if they disagree.
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
          'check out that commit.',
      ),
    );
  return { revision: head, changed: changedIn(root, files) };
};
