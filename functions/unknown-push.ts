import * as t from 'io-ts';
import { shown } from '../shared/codec/decode.js';
import { type Failure, transient } from '../shared/codec/failure.js';

const memberOf = (value: unknown, name: string): unknown =>
  t.UnknownRecord.is(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/**
 * Where the functions framework leaves the message: below `data`, as in a CloudEvent. A message
 * without data keeps the shape of the push body, where `message` stands at the top.
 */
export const messageIn = (event: unknown): unknown =>
  memberOf(memberOf(event, 'data'), 'message') ?? memberOf(event, 'message');

const hasMessage = (event: unknown): boolean =>
  [event, memberOf(event, 'data')].some(
    (place) => t.UnknownRecord.is(place) && Object.hasOwn(place, 'message'),
  );

const UNWRAPPING =
  'payload unwrapping is switched on for this push subscription ' +
  '(gcloud pubsub subscriptions update SUBSCRIPTION --clear-push-no-wrapper-config)';

/** What most likely makes a body look like this. */
const likelyCause = (event: unknown): string => {
  if (event instanceof Uint8Array)
    return `${UNWRAPPING}, or the body is not sent as application/json`;
  if (Array.isArray(event)) return `it is a batch of CloudEvents, or ${UNWRAPPING}`;
  if (hasMessage(event))
    return 'another sender than Pub/Sub made this request, or a proxy changed it';
  if (memberOf(event, 'data_base64') !== undefined)
    return 'it is a CloudEvent with data_base64, which no push subscription sends';
  if (memberOf(event, 'specversion') !== undefined)
    return `it is a CloudEvent of the type ${shown(memberOf(event, 'type'))} without a Pub/Sub message, or ${UNWRAPPING}`;
  return UNWRAPPING;
};

const got = (event: unknown): string =>
  // JSON would write each byte as a number.
  event instanceof Uint8Array ? `${event.length} bytes` : shown(event);

/**
 * A delivery in a shape that is not known. Transient although the same request fails again: Pub/Sub
 * keeps the original, delivers it until the subscription is corrected, and dead-letters it itself
 * after its attempts. A copy that we made would lack what we could not read.
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
