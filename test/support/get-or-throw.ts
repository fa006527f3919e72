import * as E from 'fp-ts/lib/Either.js';
import { type Failure, FailureError } from '../../shared/codec/failure.js';

/** What succeeded; throws the failure otherwise. */
export const getOrThrow = <A>(result: E.Either<Failure, A>): A => {
  if (E.isLeft(result)) throw new FailureError(result.left);
  return result.right;
};
