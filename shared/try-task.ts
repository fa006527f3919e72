import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, unavailable } from './codec/failure.js';

/** Runs a task that may throw. A thrown FailureError becomes its Failure. */
export const tryTask = <A>(action: string, task: () => Promise<A>): TE.TaskEither<Failure, A> =>
  TE.tryCatch(task, (cause) =>
    cause instanceof FailureError ? cause.failure : unavailable(action)(cause),
  );
