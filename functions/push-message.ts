import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { textOfUtf8 } from '../shared/codec/bytes.js';
import { explainErrors, parseJson } from '../shared/codec/decode.js';
import { type Failure, permanent } from '../shared/codec/failure.js';
import type { NameBrand } from '../shared/codec/refined.js';
import type { Attributes } from '../shared/ports/publisher.js';
import { messageIn, unknownPush } from './unknown-push.js';

const refinedText = <N extends string>(
  name: N,
  description: string,
  holds: (text: string) => boolean,
) => {
  const codec = t.brand(
    t.string,
    (text): text is t.Branded<string, NameBrand<N>> => holds(text),
    name,
  );
  return Object.assign(codec, { schema: { description } });
};

/** Buffer ignores invalid characters, so the text must survive a round trip unchanged. */
const Base64 = refinedText(
  'Base64',
  'the data as padded base64 text',
  (text) => Buffer.from(text, 'base64').toString('base64') === text,
);

// Date.parse alone also accepts local times, other centuries and single numbers.
const INSTANT = /^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

const Instant = refinedText(
  'Instant',
  'an ISO 8601 instant in UTC',
  (text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)),
);

const MessageId = refinedText('MessageId', 'the id that Pub/Sub gave the message', (text) =>
  /^[\s\S]{1,256}$/.test(text),
);

/** Pub/Sub always sends the required fields; it may omit empty data and attributes. */
const PushMessage = t.exact(
  t.intersection([
    t.type({ messageId: MessageId, publishTime: Instant }),
    t.partial({ data: Base64, attributes: t.record(t.string, t.string, 'attributes') }),
  ]),
  'Pub/Sub message',
);

/** A message as delivered. Its content is untrusted. */
export interface Delivery {
  readonly data: Uint8Array;
  readonly attributes: Attributes;
  readonly messageId: string;
  /** The time at which Pub/Sub accepted the message. */
  readonly publishedAt: Date;
}

/**
 * Finds the Pub/Sub message in an event of the functions framework. An unknown shape is a transient
 * failure, never an empty message: the delivery must not be acknowledged, so that Pub/Sub retains
 * the original.
 */
export const parseDelivery = (event: unknown): E.Either<Failure, Delivery> => {
  const message = messageIn(event);
  return pipe(
    PushMessage.decode(message),
    E.bimap(
      (errors) => unknownPush(event, message, explainErrors('push', errors)),
      ({ data = '', attributes = {}, messageId, publishTime }) => ({
        data: Buffer.from(data, 'base64'),
        attributes,
        messageId,
        publishedAt: new Date(publishTime),
      }),
    ),
  );
};

/** The data as a JSON value. Invalid UTF-8 is rejected, not replaced. */
export const parseData = (what: string, data: Uint8Array): E.Either<Failure, unknown> => {
  const reject = (problem: string) => E.left(permanent('malformed-input', `${what}: ${problem}`));
  if (data.length === 0) return reject('expected JSON data, got an empty message');
  const text = textOfUtf8(data);
  return text === undefined
    ? reject('expected JSON as UTF-8 text, got other bytes')
    : parseJson(what)(text);
};
