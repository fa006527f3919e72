import * as t from 'io-ts';
import { shown } from '../shared/codec/decode.js';
import { type Failure, transient } from '../shared/codec/failure.js';

const memberOf = (value: unknown, name: string): unknown =>
  t.UnknownRecord.is(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/**
 * The functions framework puts the message below `data`, as in a CloudEvent. A message without data
 * retains the shape of the push body, with `message` at the top level.
 */
export const messageIn = (event: unknown): unknown =>
  memberOf(memberOf(event, 'data'), 'message') ?? memberOf(event, 'message');

const hasMessage = (event: unknown): boolean =>
  [event, memberOf(event, 'data')].some(
    (place) => t.UnknownRecord.is(place) && Object.hasOwn(place, 'message'),
  );

const UNWRAPPING =
  'payload unwrapping is enabled for this push subscription ' +
  '(gcloud pubsub subscriptions update SUBSCRIPTION --clear-push-no-wrapper-config)';

/** The most likely cause of a body of this shape. */
const likelyCause = (event: unknown): string => {
  if (event instanceof Uint8Array)
    return `${UNWRAPPING}, or the body is not sent as application/json`;
  if (Array.isArray(event)) return `it is a batch of CloudEvents, or ${UNWRAPPING}`;
  if (hasMessage(event)) return 'the request was not sent by Pub/Sub, or a proxy changed it';
  if (memberOf(event, 'data_base64') !== undefined)
    return 'it is a CloudEvent with data_base64, which no push subscription sends';
  if (memberOf(event, 'specversion') !== undefined)
    return `it is a CloudEvent of the type ${shown(memberOf(event, 'type'))} without a Pub/Sub message, or ${UNWRAPPING}`;
  return UNWRAPPING;
};

const got = (event: unknown): string =>
  // JSON would render each byte as a number.
  event instanceof Uint8Array ? `${event.length} bytes` : shown(event);

/**
 * The failure for a delivery of unknown shape. It is transient although the same request will fail
 * again: Pub/Sub retains the original, redelivers it until the subscription is corrected, and
 * dead-letters it after the last attempt. A copy made here would lack the parts that could not be
 * parsed.
 */
export const unknownPush = (event: unknown, message: unknown, explanation: string): Failure => {
  const id = memberOf(message, 'messageId');
  const sentence = hasMessage(event)
    ? explanation
    : `push: expected a body with a Pub/Sub message, got ${got(event)}`;
  return transient(
    'malformed-input',
    `${sentence}. Likely cause: ${likelyCause(event)}. The delivery is not acknowledged, so Pub/Sub keeps the message.`,
    typeof id === 'string' ? { context: { message_id: id } } : {},
  );
};
