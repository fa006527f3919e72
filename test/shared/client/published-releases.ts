import { EventEmitter } from 'node:events';
import {
  type DeadLetter,
  type DeliveryResult,
  memorySequence,
  onLivePoolPublished,
  type Publication,
  type PulledMessage,
  type SubscribeOptions,
} from '../../../shared/client/index.js';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../../../shared/contract/constants.js';
import type { Release } from '../../../shared/contract/release.js';
import { encodeMessage, makeMessage, type RunId } from '../../../shared/messages/envelope.js';
import { publicationIdentity } from '../../../shared/messages/live-pool-published.js';
import { handMadeRelease } from '../../support/hand-made-release.js';

export const march = handMadeRelease('2026-03-13');
export const february = handMadeRelease('2026-02-28');

const BUCKET = 'test-bucket';

export const uriOf = ({ version }: Release, file: string, bucket = BUCKET): string =>
  `gs://${bucket}/crypto-live-pool-pipelines/releases/${version}/${file}`;

/** What sync-firestore says of a promotion. */
export const published = (
  release: Release,
  seq: number,
  own: object = {},
  bucket = BUCKET,
): Uint8Array => {
  const { manifest, version } = release;
  const promotion_seq = seq as PositiveInteger;
  return encodeMessage(
    makeMessage(
      'live-pool-published',
      {
        event_id: null,
        run_id: `${version}-0123456789ab` as RunId,
        occurred_at: manifest.generated_at,
      },
      {
        mode: manifest.mode,
        as_of_date: manifest.as_of_date,
        version,
        promotion_seq,
        intent: 'publish',
        pool_size: manifest.symbol_count,
        symbols: manifest.symbols,
        manifest: {
          uri: uriOf(release, ARTIFACT_FILE.artifact_manifest, bucket),
          sha256: release.sha256.artifact_manifest,
        },
        document: 'strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
        ...own,
      },
      publicationIdentity(promotion_seq),
    ),
  );
};

/** A bucket with both releases, a subscription without Pub/Sub, and everything that comes of it. */
export const listening = (own: Partial<SubscribeOptions> = {}) => {
  const objects = new Map<string, Uint8Array>();
  for (const release of [february, march])
    for (const name of ARTIFACTS)
      objects.set(uriOf(release, ARTIFACT_FILE[name]), release.files[ARTIFACT_FILE[name]]);
  const emitter = new EventEmitter();
  const handled: Publication[] = [];
  const letters: DeadLetter[] = [];
  const settled: DeliveryResult[] = [];
  const answers: string[] = [];
  const sequence = own.sequence ?? memorySequence();
  let handler = async (_: Publication): Promise<void> => undefined;
  const subscription = onLivePoolPublished(
    emitter,
    async (publication) => {
      await handler(publication);
      handled.push(publication);
    },
    {
      readObject: async (uri) => objects.get(uri),
      deadLetter: async (letter) => {
        letters.push(letter);
      },
      report: (one) => settled.push(one),
      ...own,
      sequence,
    },
  );
  let count = 0;
  return {
    objects,
    handled,
    letters,
    settled,
    answers,
    sequence,
    stop: subscription.stop,
    /** What the handler does before it succeeds. */
    handle: (next: typeof handler): void => {
      handler = next;
    },
    /** Delivers a message, and says how it ended. */
    deliver: async (data: Uint8Array): Promise<DeliveryResult | undefined> => {
      const before = settled.length;
      count += 1;
      const id = `message-${count}`;
      const done = new Promise<void>((resolve) => {
        const answer = (word: string) => () => {
          answers.push(word);
          setImmediate(resolve);
        };
        const message: PulledMessage = {
          id,
          data,
          attributes: { event_type: 'live-pool-published' },
          ack: answer('ack'),
          nack: answer('nack'),
        };
        emitter.emit('message', message);
      });
      await done;
      return settled[before];
    },
    emit: (message: PulledMessage): boolean => emitter.emit('message', message),
  };
};
