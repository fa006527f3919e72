import * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../shared/codec/failure.js';
import { Version } from '../shared/codec/primitives.js';
import { traceparentOf } from '../shared/messages/control-attributes.js';
import { ArchivedMessage } from '../shared/messages/envelope.js';
import type { FunctionName } from '../shared/topology.js';
import type { Environment, Received, StepResult } from './environment.js';
import type { Delivery } from './push-message.js';

/** Writes one log line per delivery. */
export interface DeliveryLog {
  readonly succeeded: (result: StepResult) => void;
  readonly failed: (outcome: 'dead_letter' | 'will_be_delivered_again', failure: Failure) => void;
}

/** Message id and attributes, available even if the data cannot be decoded. Not verified. */
const unverifiedFields = ({ messageId, attributes }: Delivery) => ({
  message_id: messageId,
  ...Object.fromEntries(
    ['run_id', 'version', 'traceparent'].flatMap((name) => {
      const value = attributes[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
});

/**
 * Fields of the decoded message. The trace is derived from the run: the request that starts a
 * month has no attributes, and a message sent by hand may have attributes of another run.
 */
const messageFields = ({ message, publishedAt }: Received<unknown>, startedAt: Date) => {
  const waitedFields = { waited_ms: Math.max(0, startedAt.getTime() - publishedAt.getTime()) };
  if (!ArchivedMessage.is(message)) return waitedFields;
  const { version } = message.payload;
  return {
    ...waitedFields,
    run_id: message.run_id,
    ...(Version.is(version) ? { version } : {}),
    traceparent: traceparentOf(message),
  };
};

/**
 * Logs one line per delivery. Precedence: step result, then message, then unverified attributes.
 */
export const deliveryLog = (
  { log, clock }: Pick<Environment, 'log' | 'clock'>,
  stage: FunctionName,
  /** Undefined if the delivery could not be parsed. */
  delivery: Delivery | undefined,
  received: E.Either<Failure, Received<unknown>>,
  startedAt: Date,
): DeliveryLog => {
  const identity = {
    ...(delivery === undefined ? {} : unverifiedFields(delivery)),
    ...(E.isRight(received) ? messageFields(received.right, startedAt) : {}),
  };
  const duration = (): number => Math.max(0, clock().getTime() - startedAt.getTime());
  return {
    succeeded: ({ outgoing, outcome, ...fields }) =>
      log({
        severity: 'INFO',
        message: `${stage}: ${outcome}`,
        stage,
        outcome,
        ...identity,
        ...(outgoing === undefined ? {} : { outgoing_event_id: outgoing.event_id }),
        ...fields,
        duration_ms: duration(),
      }),
    failed: (outcome, { message, code, cause, context }) =>
      log({
        ...context,
        ...identity,
        severity: 'ERROR',
        message,
        stage,
        outcome,
        code,
        cause,
        duration_ms: duration(),
      }),
  };
};
