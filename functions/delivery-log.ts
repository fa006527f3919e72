import * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../shared/codec/failure.js';
import { Version } from '../shared/codec/primitives.js';
import { traceparentOf } from '../shared/messages/control-attributes.js';
import { ArchivedMessage } from '../shared/messages/envelope.js';
import type { FunctionName } from '../shared/topology.js';
import type { Environment, Received, StepResult } from './environment.js';
import type { Delivery } from './push-message.js';

/** The one line that a delivery leaves. */
export interface DeliveryLog {
  readonly succeeded: (result: StepResult) => void;
  readonly failed: (outcome: 'dead_letter' | 'will_be_delivered_again', failure: Failure) => void;
}

/** What a delivery says about itself, whether or not its data can be read. Only claims. */
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
 * What the message itself says. Its trace follows from its run: the request that starts a month
 * has no attributes, and one that is sent by hand may have anybody's.
 */
const messageFields = ({ message, publishedAt }: Received<unknown>, startedAt: Date) => {
  const waited = { waited_ms: Math.max(0, startedAt.getTime() - publishedAt.getTime()) };
  if (!ArchivedMessage.is(message)) return waited;
  const { version } = message.payload;
  return {
    ...waited,
    run_id: message.run_id,
    ...(Version.is(version) ? { version } : {}),
    traceparent: traceparentOf(message),
  };
};

/** Says how a delivery ended: facts found out by the step before the message's, those before claims. */
export const deliveryLog = (
  { log, clock }: Pick<Environment, 'log' | 'clock'>,
  stage: FunctionName,
  /** Undefined where its shape is not known. */
  delivery: Delivery | undefined,
  reading: E.Either<Failure, Received<unknown>>,
  startedAt: Date,
): DeliveryLog => {
  const about = {
    ...(delivery === undefined ? {} : unverifiedFields(delivery)),
    ...(E.isRight(reading) ? messageFields(reading.right, startedAt) : {}),
  };
  const duration = (): number => Math.max(0, clock().getTime() - startedAt.getTime());
  return {
    succeeded: ({ outgoing, outcome, ...facts }) =>
      log({
        severity: 'INFO',
        message: `${stage}: ${outcome}`,
        stage,
        outcome,
        ...about,
        ...(outgoing === undefined ? {} : { outgoing_event_id: outgoing.event_id }),
        ...facts,
        duration_ms: duration(),
      }),
    failed: (outcome, { message, code, cause, context }) =>
      log({
        ...context,
        ...about,
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
