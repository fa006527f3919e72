import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { decode } from '../../shared/contract/decode.js';
import { timestampOf } from '../../shared/contract/primitives.js';
import { makeMessage } from '../../shared/messages/envelope.js';
import {
  MonthlyRunRequested,
  RunRequest,
  resolveRequest,
  runIdOf,
} from '../../shared/messages/monthly-run-requested.js';
import { subscribe } from '../subscriber.js';
import { ingest } from './ingest.js';

const isEnvelope = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'event_type' in data;

/** Cloud Scheduler sends a bare request; a replay of the archive sends the complete message. */
export const ingestHandler = subscribe({
  name: 'ingest',
  decode: (data, publishedAt, { config }) =>
    isEnvelope(data)
      ? decode(MonthlyRunRequested)(data)
      : pipe(
          decode(RunRequest)(data),
          E.map((request) => resolveRequest(request, publishedAt, config.defaultMode)),
          E.map((payload) =>
            makeMessage(
              'monthly-run-requested',
              {
                event_id: null,
                run_id: runIdOf(payload),
                occurred_at: timestampOf(publishedAt),
              },
              payload,
            ),
          ),
        ),
  step: ingest,
});
