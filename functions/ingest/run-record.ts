import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import type { Failure } from '../../shared/codec/failure.js';
import { SymbolUsdt } from '../../shared/codec/primitives.js';
import { runPath } from '../../shared/document-paths.js';
import { MonthlyRunRequested } from '../../shared/messages/monthly-run-requested.js';
import type { Environment } from '../environment.js';
import { getOrCreate } from './get-or-create.js';
import { previousPool } from './previous-pool.js';

/** The first message of a run, and the previous pool that was looked up once for it. */
const RunRecord = t.strict(
  {
    started_by: MonthlyRunRequested,
    previous_pool: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
  },
  'run record',
);
export type RunRecord = t.TypeOf<typeof RunRecord>;

/**
 * Creates the run record or returns the existing one. A second caller receives the first caller's
 * publish time and previous pool, so a redelivery or a second scheduler tick does the same work.
 */
export const getOrCreateRun = (
  environment: Pick<Environment, 'documents' | 'objects'>,
  request: MonthlyRunRequested,
): TE.TaskEither<Failure, RunRecord> =>
  pipe(
    getOrCreate(
      environment.documents,
      runPath(request.run_id),
      RunRecord,
      pipe(
        request.payload.previous_pool === null
          ? previousPool(environment, request.payload)
          : TE.right(request.payload.previous_pool),
        TE.map((previous_pool): RunRecord => ({ started_by: request, previous_pool })),
      ),
    ),
    TE.map(({ value }) => value),
  );
