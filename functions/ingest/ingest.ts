import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { dayOf, parseIsoDay } from '../../shared/day.js';
import { encodeMessage, makeMessage } from '../../shared/messages/envelope.js';
import type { MonthlyRunRequested } from '../../shared/messages/monthly-run-requested.js';
import { eventKey } from '../../shared/object-keys.js';
import { CONTENT_TYPES, writeOnce } from '../../shared/ports/write-once.js';
import type { Environment, Step } from '../environment.js';
import { getOrCreateRun } from './run-record.js';
import { sealMarketData } from './seal-market-data.js';

/** A day is closed once the next day (UTC) has begun. */
const requireClosedDay = (
  { payload }: MonthlyRunRequested,
  now: Date,
): TE.TaskEither<Failure, void> =>
  parseIsoDay(payload.as_of_date) < dayOf(now)
    ? TE.right(undefined)
    : TE.left(
        permanent(
          'malformed-input',
          `as_of_date: expected a day that has closed (UTC), got ${payload.as_of_date} at ${now.toISOString()}`,
        ),
      );

/** Archives the resolved request, so that a replay of the archive requests the same month. */
const archive = (
  { objects }: Pick<Environment, 'objects'>,
  request: MonthlyRunRequested,
): TE.TaskEither<Failure, unknown> =>
  writeOnce(
    objects,
    eventKey(request.event_type, request.event_id),
    encodeMessage(request),
    CONTENT_TYPES.json,
  );

/** Seals the market data of the run as a snapshot and publishes a reference to it. */
export const ingest: Step<MonthlyRunRequested> =
  ({ message, publishedAt }) =>
  (environment) =>
    pipe(
      requireClosedDay(message, publishedAt),
      TE.chain(() => getOrCreateRun(environment, message)),
      TE.chainFirst(({ started_by }) => archive(environment, started_by)),
      TE.bindTo('run'),
      TE.bind('sealed', ({ run }) => sealMarketData(environment, run)),
      TE.map(({ run, sealed }) => {
        const { previous_pool: _, ...fields } = run.started_by.payload;
        return {
          outcome: sealed.outcome,
          run_id: message.run_id,
          version: fields.version,
          data_quality: sealed.data_quality,
          outgoing: makeMessage('market-data-ingested', run.started_by, {
            ...fields,
            snapshot: sealed.snapshot,
          }),
        };
      }),
    );
