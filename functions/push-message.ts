import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { type Failure, permanent } from '../shared/failure.js';
import type { Attributes } from '../shared/ports/publisher.js';

/**
 * The `message` of a Pub/Sub push, as the functions framework and Eventarc hand it on. A message
 * without data keeps the shape of the push body, where `message` stands at the top.
 */
const PushMessage = t.intersection(
  [
    t.strict({}),
    t.exact(
      t.partial({
        data: t.string,
        attributes: t.union([t.record(t.string, t.string), t.null]),
        messageId: t.string,
        publishTime: t.string,
      }),
    ),
  ],
  'Pub/Sub message',
);
const WithData = t.strict({ data: t.strict({ message: PushMessage }) }, 'CloudEvent');
const WithoutData = t.strict({ message: PushMessage }, 'push body');

/** A message as it was delivered, before anything is believed about its content. */
export interface Delivery {
  readonly data: Uint8Array;
  readonly attributes: Attributes;
  readonly messageId: string;
  readonly publishTime: string;
}

/** Finds the Pub/Sub message in a CloudEvent. Never fails: what is missing comes out empty. */
export const deliveryOf = (event: unknown): Delivery => {
  const nested = WithData.decode(event);
  const flat = E.isRight(nested) ? E.right(nested.right.data) : WithoutData.decode(event);
  const message = E.isRight(flat) ? flat.right.message : {};
  return {
    data: Buffer.from(message.data ?? '', 'base64'),
    attributes: message.attributes ?? {},
    messageId: message.messageId ?? '',
    publishTime: message.publishTime ?? '',
  };
};

/** The data as a JSON value. Invalid UTF-8 is refused, not repaired. */
export const jsonOf = (what: string, data: Uint8Array): E.Either<Failure, unknown> => {
  if (data.length === 0)
    return E.left(
      permanent('malformed-input', `${what}: expected a Pub/Sub message with JSON data, got none`),
    );
  try {
    return E.right(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return E.left(permanent('malformed-input', `${what}: expected JSON, got ${reason}`, { cause }));
  }
};

/** The instant at which the transport accepted the message. */
export const publishedAt = (delivery: Delivery): E.Either<Failure, Date> => {
  const instant = new Date(delivery.publishTime);
  return Number.isNaN(instant.getTime())
    ? E.left(
        permanent(
          'malformed-input',
          `publishTime: expected an ISO 8601 instant, got "${delivery.publishTime}"`,
        ),
      )
    : E.right(instant);
};
