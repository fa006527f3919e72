import fc from 'fast-check';
import type * as t from 'io-ts';
import { versionOf } from '../../shared/codec/primitives.js';
import type { Causation, RunId } from '../../shared/messages/envelope.js';
import { type EnvelopedTopic, topology } from '../../shared/topology.js';
import { asOfDate, mode, sha256Text, symbol, timestamp, visibleText } from './arbitraries.js';

/** Payloads as their producers make them: the version is that of the date and mode. */

const release = fc
  .record({ mode, as_of_date: asOfDate })
  .map((named) => ({ ...named, version: versionOf(named.as_of_date, named.mode) }));
const version = release.map((named) => named.version);
const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const intent = fc.constantFrom('publish', 'rollback', 'restate');
const reference = fc
  .record({ uri: fc.string({ unit: 'binary' }), sha256: sha256Text })
  .map((named) => ({ ...named }));
const symbols = fc.uniqueArray(symbol, { maxLength: 6 });

const released = <A extends object>(rest: fc.Arbitrary<A>) =>
  fc.tuple(release, rest).map(([named, others]) => ({ ...named, ...others }));

const ofRun = <A extends object>(rest: fc.Arbitrary<A>) =>
  released(
    fc
      .tuple(fc.record({ dry_run: fc.boolean(), allow_stale: fc.boolean() }), rest)
      .map(([flags, others]) => ({ ...flags, ...others })),
  );

const payloads: Readonly<Record<EnvelopedTopic, fc.Arbitrary<object>>> = {
  'monthly-run-requested': ofRun(fc.record({ previous_pool: fc.option(symbols) })),
  'market-data-ingested': ofRun(fc.record({ snapshot: reference })),
  'pool-ranked': ofRun(fc.record({ snapshot: reference, ranking: reference })),
  'release-materialised': ofRun(fc.record({ symbols, manifest: reference })),
  'release-promoted': released(
    fc.record({
      promotion_seq: positive,
      intent,
      from_version: fc.option(version),
      manifest: reference,
    }),
  ),
  'live-pool-published': released(
    fc.record({
      promotion_seq: positive,
      intent,
      pool_size: positive,
      symbols,
      manifest: reference,
      document: visibleText,
    }),
  ),
};

/** Every topic with its codec and the payloads that it may carry. */
export const messageKinds: readonly {
  readonly topic: EnvelopedTopic;
  readonly codec: t.Decoder<unknown, unknown> & { readonly name: string };
  readonly payload: fc.Arbitrary<object>;
}[] = [
  'monthly-run-requested' as const,
  'market-data-ingested' as const,
  'pool-ranked' as const,
  'release-materialised' as const,
  'release-promoted' as const,
  'live-pool-published' as const,
].map((topic) => ({ topic, codec: topology[topic].codec, payload: payloads[topic] }));

export const runId: fc.Arbitrary<RunId> = fc
  .tuple(version, sha256Text)
  .map(([name, hash]) => `${name}-${hash.slice(0, 12)}` as RunId);

export const cause: fc.Arbitrary<Causation> = fc.record({
  event_id: fc.option(sha256Text),
  run_id: runId,
  occurred_at: timestamp,
});
