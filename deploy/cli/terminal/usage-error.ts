import * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../shared/codec/failure.js';

/** The command line makes no sense; the command has read and written nothing. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The value that a flag names; a failure to decode it is a usage error. */
export const getOrThrowUsage = <A>(result: E.Either<Failure, A>): A => {
  if (E.isLeft(result)) throw new UsageError(result.left.message);
  return result.right;
};
