import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { textOfUtf8 } from '../codec/bytes.js';
import { parseJson, shown } from '../codec/decode.js';
import { errorMessage } from '../codec/error-message.js';
import { type Failure, permanent, unavailable } from '../codec/failure.js';
import { PAYLOAD_ARTIFACTS, perPayload } from '../contract/constants.js';
import { decodeMessage } from '../messages/decode-message.js';
import { LivePoolPublished } from '../messages/live-pool-published.js';
import { withTimeout } from '../with-timeout.js';
import {
  manifestOf,
  type Publication,
  urisOf,
  verifiedBytes,
  verifyPublication,
} from './publication.js';
import type { SequenceStore } from './sequence-store.js';

const Attributes = t.record(t.string, t.string);

/** A message of `@google-cloud/pubsub`, as far as it is needed. */
export interface PulledMessage {
  readonly id: string;
  readonly data: Uint8Array;
  readonly attributes: Readonly<Record<string, string>>;
  readonly ack: () => void;
  readonly nack: () => void;
}

/** A pull subscription of `@google-cloud/pubsub`, as far as it is needed. */
export interface PullSubscription {
  readonly on: (event: 'message', listener: (message: PulledMessage) => void) => unknown;
  readonly removeListener: (
    event: 'message',
    listener: (message: PulledMessage) => void,
  ) => unknown;
}

/** A message that nothing can be done with, and why. */
export interface DeadLetter {
  readonly messageId: string;
  readonly data: Uint8Array;
  readonly attributes: Readonly<Record<string, string>>;
  readonly code: Failure['code'];
  readonly reason: string;
}

/** How one message ended. `again`: it will be delivered again. */
export interface DeliveryResult {
  readonly outcome: 'handled' | 'dropped' | 'dead_letter' | 'again';
  readonly messageId: string;
  readonly promotionSeq?: number;
  readonly reason?: string;
}

export interface SubscribeOptions {
  /** The bytes at a `gs://` URI; undefined if there is no such object; rejects if it cannot tell. */
  readonly readObject: (uri: string) => Promise<Uint8Array | undefined>;
  readonly sequence: SequenceStore;
  /** Keeps what is broken. The message is acknowledged once this has resolved. */
  readonly deadLetter: (letter: DeadLetter) => Promise<void>;
  readonly report?: (settled: DeliveryResult) => void;
  /** How long one object may take; 60 seconds. */
  readonly timeoutMs?: number;
}

/**
 * A message of which not every part can be read. It is not a broken event: what could be kept as a
 * dead letter would not be what was published, so it must not be acknowledged.
 */
const deliveryProblem = ({ id, data, attributes }: PulledMessage): string | undefined => {
  const expected = (what: string, got: unknown): string =>
    `message: expected ${what}, got ${shown(got)}; is this a message of @google-cloud/pubsub?`;
  if (typeof id !== 'string' || id === '') return expected('an id', id);
  if (!(data instanceof Uint8Array)) return expected('data as bytes', data);
  return Attributes.is(attributes) ? undefined : expected('attributes as texts', attributes);
};

const decodeEvent = (data: Uint8Array): E.Either<Failure, LivePoolPublished> => {
  const text = textOfUtf8(data);
  return text === undefined
    ? E.left(permanent('malformed-input', 'live-pool-published: expected UTF-8, got other bytes'))
    : pipe(parseJson('live-pool-published')(text), E.chain(decodeMessage(LivePoolPublished)));
};

/**
 * Fetches the manifest that the event names and the artifacts that it seals, and proves them all.
 */
const verify = (
  event: LivePoolPublished,
  { readObject, timeoutMs = 60_000 }: SubscribeOptions,
): TE.TaskEither<Failure, Publication> => {
  const fetched = (uri: string, expected: string): TE.TaskEither<Failure, Uint8Array> =>
    pipe(
      TE.tryCatch(() => withTimeout(timeoutMs, readObject(uri)), unavailable(`read ${uri}`)),
      TE.chainEitherK((bytes) => verifiedBytes(uri, expected, bytes)),
    );
  const named = event.payload.manifest;
  return pipe(
    fetched(named.uri, named.sha256),
    TE.bindTo('bytes'),
    TE.bind('manifest', ({ bytes }) => TE.fromEither(manifestOf(event, bytes))),
    TE.bind('uris', ({ manifest }) => TE.fromEither(urisOf(event, manifest))),
    TE.bind('files', ({ manifest, uris }) =>
      pipe(
        PAYLOAD_ARTIFACTS,
        TE.traverseArray((name) =>
          pipe(
            fetched(uris[name], manifest.artifacts[name].sha256),
            TE.map((bytes) => [name, bytes] as const),
          ),
        ),
      ),
    ),
    TE.chainEitherK(({ bytes, files }) => {
      const found = new Map(files);
      const artifacts = perPayload((name) => found.get(name) ?? new Uint8Array());
      return verifyPublication(event, bytes, artifacts);
    }),
  );
};

/**
 * Calls `handler` once for each promotion that is later than the last one handled, with everything
 * it names fetched and proven. One message at a time, in the order of arrival. A duplicate or an
 * earlier promotion is acknowledged and dropped; what is broken goes to the dead letter and is
 * acknowledged; where a store, the handler or the dead letter fails, or the message itself cannot
 * be read, it comes again.
 */
export const onLivePoolPublished = (
  subscription: PullSubscription,
  handler: (publication: Publication) => Promise<void> | void,
  options: SubscribeOptions,
): { readonly stop: () => Promise<void> } => {
  const { sequence, deadLetter, report = () => undefined } = options;

  const bury = async (message: PulledMessage, { code, message: reason }: Failure) => {
    const { id: messageId, data, attributes } = message;
    await deadLetter({ messageId, data, attributes, code, reason });
    return { outcome: 'dead_letter', reason } as const;
  };

  const take = async (message: PulledMessage): Promise<Omit<DeliveryResult, 'messageId'>> => {
    const problem = deliveryProblem(message);
    if (problem !== undefined) return { outcome: 'again', reason: problem };
    const decoded = decodeEvent(message.data);
    if (E.isLeft(decoded)) return bury(message, decoded.left);
    const event = decoded.right;
    const promotionSeq = event.payload.promotion_seq;
    const last = await sequence.read();
    if (promotionSeq <= last)
      return { outcome: 'dropped', promotionSeq, reason: `promotion ${last} was handled before` };
    const verified = await verify(event, options)();
    if (E.isRight(verified)) {
      await handler(verified.right);
      await sequence.write(promotionSeq);
      return { outcome: 'handled', promotionSeq };
    }
    const failure = verified.left;
    return failure.kind === 'permanent'
      ? { ...(await bury(message, failure)), promotionSeq }
      : { outcome: 'again', promotionSeq, reason: failure.message };
  };

  const settle = async (message: PulledMessage): Promise<void> => {
    const settled = await take(message).catch((error) => ({
      outcome: 'again' as const,
      reason: errorMessage(error),
    }));
    if (settled.outcome === 'again') message.nack();
    else message.ack();
    report({ messageId: message.id, ...settled });
  };

  let queue: Promise<void> = Promise.resolve();
  const listener = (message: PulledMessage): void => {
    queue = queue.then(() => settle(message)).catch(() => undefined);
  };
  subscription.on('message', listener);
  return {
    /** Takes no more messages, and resolves when the last one taken is settled. */
    stop: async () => {
      subscription.removeListener('message', listener);
      await queue;
    },
  };
};
