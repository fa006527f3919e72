import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, unavailable } from './codec/failure.js';

/** Runs a task that may throw; a Failure thrown inside comes out as itself. */
export const tryTask = <A>(action: string, task: () => Promise<A>): TE.TaskEither<Failure, A> =>
  TE.tryCatch(task, (cause) =>
    cause instanceof FailureError ? cause.failure : unavailable(action)(cause),
  );
