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

/** A day is closed once the next one has begun. */
const refuseOpenDay = (
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

/** The request as resolved, so that a replay of the archive asks for the same month. */
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

/** Seals the market data that the run decides on, and says where it lies. */
export const ingest: Step<MonthlyRunRequested> =
  ({ message, publishedAt }) =>
  (environment) =>
    pipe(
      refuseOpenDay(message, publishedAt),
      TE.chain(() => getOrCreateRun(environment, message)),
      TE.chainFirst(({ started_by }) => archive(environment, started_by)),
      TE.bindTo('claim'),
      TE.bind('sealed', ({ claim }) => sealMarketData(environment, claim)),
      TE.map(({ claim, sealed }) => {
        const { previous_pool: _, ...facts } = claim.started_by.payload;
        return {
          outcome: sealed.outcome,
          run_id: message.run_id,
          version: facts.version,
          data_quality: sealed.data_quality,
          outgoing: makeMessage('market-data-ingested', claim.started_by, {
            ...facts,
            snapshot: sealed.snapshot,
          }),
        };
      }),
    );
