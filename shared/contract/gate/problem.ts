import * as E from 'fp-ts/lib/Either.js';
import { shown } from '../../codec/decode.js';
import { type Failure, permanent } from '../../codec/failure.js';

/** The kind of violated rule. Only `stale` can be waived; it has its own exit code. */
export type ProblemCode =
  /** One of the five artifacts, or a required release manifest, is missing. */
  | 'missing-file'
  /** A file, row or field does not match its codec. */
  | 'malformed'
  /** The content is valid but not in the contract's exact byte form. */
  | 'bytes'
  /** A SHA-256 in the manifest does not match the bytes. */
  | 'checksum'
  /** Two places that must agree do not. */
  | 'disagreement'
  /** The version is not `<as_of_date>-<mode>`, or not the expected one. */
  | 'version'
  /** The release declares another contract, profile or source project than expected. */
  | 'identity'
  /** Too few or too many symbols, or a size field that differs from their number. */
  | 'pool-size'
  /** A symbol occurs twice, or is in the pool but not in the universe. */
  | 'membership'
  /** Ranks, rows or the universe's order violate the contract. */
  | 'ranking'
  | 'future-date'
  | 'stale'
  /** A warning: the producer's commit is unknown. */
  | 'source-revision'
  /** The Firestore document does not match this release. */
  | 'document'
  /** `release_manifest.json` does not match this release. */
  | 'release-manifest';

export interface Problem {
  readonly code: ProblemCode;
  /** A sentence that names the file, the field, the expected and the actual value. */
  readonly message: string;
}

export interface Verdict {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** `expected` is text; `got` is the actual value. */
export const problem = (
  code: ProblemCode,
  file: string,
  field: string,
  expected: string,
  got: unknown,
): Problem => ({ code, message: `${file}: ${field}: expected ${expected}, got ${shown(got)}` });

/** The verdict if it has no errors, else one failure with all messages. */
export const verdictToEither = (verdict: Verdict): E.Either<Failure, Verdict> => {
  const { errors } = verdict;
  if (errors.length === 0) return E.right(verdict);
  const onlyStale = errors.every(({ code }) => code === 'stale');
  const message = errors.map((error) => error.message).join('; ');
  return E.left(permanent(onlyStale ? 'stale' : 'contract-invalid', message));
};
