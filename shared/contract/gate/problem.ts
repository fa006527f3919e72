import * as E from 'fp-ts/lib/Either.js';
import { shown } from '../../codec/decode.js';
import { type Failure, permanent } from '../../codec/failure.js';

/** Which kind of rule is broken; `stale` alone can be waived, and has its own exit code. */
export type ProblemCode =
  /** One of the five artifacts, or a release manifest that was demanded, is not there. */
  | 'missing-file'
  /** A file, row or field is not of the shape that its codec demands. */
  | 'malformed'
  /** The content is sound but not written in the contract's exact form. */
  | 'bytes'
  /** A SHA-256 in the manifest is not that of the bytes. */
  | 'checksum'
  /** Two places that must say the same do not. */
  | 'disagreement'
  /** The version is not `<as_of_date>-<mode>`, or not the one that was expected. */
  | 'version'
  /** The release declares another contract, profile or source project than expected. */
  | 'identity'
  /** Too few or too many symbols, or a size that does not count them. */
  | 'pool-size'
  /** A symbol occurs twice, or is in the pool but not in the universe. */
  | 'membership'
  /** Ranks, rows or the universe's order are not what the contract demands. */
  | 'ranking'
  | 'future-date'
  | 'stale'
  /** A warning: no commit of the producer is known. */
  | 'source-revision'
  /** The Firestore document is not that of this release. */
  | 'document'
  /** `release_manifest.json` is not that of this release. */
  | 'release-manifest';

export interface Problem {
  readonly code: ProblemCode;
  /** A sentence that names the file, the field, what was expected and what came. */
  readonly message: string;
}

export interface Verdict {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** `expected` is words; `got` is the value that came. */
export const problem = (
  code: ProblemCode,
  file: string,
  field: string,
  expected: string,
  got: unknown,
): Problem => ({ code, message: `${file}: ${field}: expected ${expected}, got ${shown(got)}` });

/** The verdict if the release may be promoted, else one failure with every sentence. */
export const verdictToEither = (verdict: Verdict): E.Either<Failure, Verdict> => {
  const { errors } = verdict;
  if (errors.length === 0) return E.right(verdict);
  const onlyStale = errors.every(({ code }) => code === 'stale');
  const message = errors.map((error) => error.message).join('; ');
  return E.left(permanent(onlyStale ? 'stale' : 'contract-invalid', message));
};
