import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import type { Failure } from '../../shared/codec/failure.js';
import { SymbolUsdt } from '../../shared/codec/primitives.js';
import { runPath } from '../../shared/document-paths.js';
import { MonthlyRunRequested } from '../../shared/messages/monthly-run-requested.js';
import type { Environment } from '../environment.js';
import { claimOnce } from './get-or-create.js';
import { previousPool } from './previous-pool.js';

/** The first message of a run, and what was looked up for it once. */
const Claim = t.strict(
  {
    started_by: MonthlyRunRequested,
    previous_pool: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
  },
  'run claim',
);
export type Claim = t.TypeOf<typeof Claim>;

/**
 * Makes the run ours, or joins it: whoever comes second gets the first one's publish time and
 * previous pool, so that a redelivery and a second scheduler tick do the same work again.
 */
export const claimRun = (
  environment: Pick<Environment, 'documents' | 'objects'>,
  request: MonthlyRunRequested,
): TE.TaskEither<Failure, Claim> =>
  pipe(
    claimOnce(
      environment.documents,
      runPath(request.run_id),
      Claim,
      pipe(
        request.payload.previous_pool === null
          ? previousPool(environment, request.payload)
          : TE.right(request.payload.previous_pool),
        TE.map((previous_pool): Claim => ({ started_by: request, previous_pool })),
      ),
    ),
    TE.map(({ value }) => value),
  );
