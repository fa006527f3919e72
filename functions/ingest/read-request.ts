import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { decode } from '../../shared/codec/decode.js';
import type { Failure } from '../../shared/codec/failure.js';
import { timestampOf } from '../../shared/codec/primitives.js';
import { decodeMessage } from '../../shared/messages/decode-message.js';
import { makeMessage } from '../../shared/messages/envelope.js';
import {
  MonthlyRunRequested,
  RunRequest,
  resolveRequest,
  runIdOf,
} from '../../shared/messages/monthly-run-requested.js';
import type { Environment } from '../environment.js';

const ENVELOPE_KEYS = ['schema_version', 'event_type', 'event_id', 'payload'];

/** One envelope key is enough: a broken envelope must not start a month as a bare request. */
const isEnvelope = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  ENVELOPE_KEYS.some((key) => Object.hasOwn(data, key));

/** Cloud Scheduler sends a bare request; a replay of the archive sends a complete message. */
export const readRequest = (
  data: unknown,
  publishedAt: Date,
  { config }: Pick<Environment, 'config'>,
): E.Either<Failure, MonthlyRunRequested> =>
  isEnvelope(data)
    ? decodeMessage(MonthlyRunRequested)(data)
    : pipe(
        decode(RunRequest, MonthlyRunRequested.name)(data),
        E.map((request) => resolveRequest(request, publishedAt, config.defaultMode)),
        E.map((payload) =>
          makeMessage(
            'monthly-run-requested',
            { event_id: null, run_id: runIdOf(payload), occurred_at: timestampOf(publishedAt) },
            payload,
          ),
        ),
      );
