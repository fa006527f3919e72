import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { textOfUtf8 } from '../shared/contract/bytes.js';
import { parseJson } from '../shared/contract/decode.js';
import { type Failure, permanent } from '../shared/failure.js';
import type { Attributes } from '../shared/ports/publisher.js';

/**
 * The `message` of a Pub/Sub push, as the functions framework and Eventarc hand it on. A message
 * without data keeps the shape of the push body, where `message` stands at the top.
 */
const PushMessage = t.exact(
  t.partial({
    data: t.string,
    attributes: t.union([t.record(t.string, t.string), t.null]),
    messageId: t.string,
    publishTime: t.string,
  }),
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
  const refuse = (sentence: string) => E.left(permanent('malformed-input', `${what}: ${sentence}`));
  if (data.length === 0) return refuse('expected JSON data, got an empty message');
  const text = textOfUtf8(data);
  return text === undefined
    ? refuse('expected JSON as UTF-8 text, got other bytes')
    : parseJson(what)(text);
};

// Date would read more than this: local times, other centuries, single numbers.
const INSTANT = /^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** The instant at which the transport accepted the message. */
export const publishedAt = (delivery: Delivery): E.Either<Failure, Date> => {
  const instant = new Date(delivery.publishTime);
  return !INSTANT.test(delivery.publishTime) || Number.isNaN(instant.getTime())
    ? E.left(
        permanent(
          'malformed-input',
          `publishTime: expected an ISO 8601 instant, got "${delivery.publishTime}"`,
        ),
      )
    : E.right(instant);
};
