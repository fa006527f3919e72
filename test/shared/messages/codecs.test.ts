import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../../shared/codec/decode.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { decodeMessage } from '../../../shared/messages/decode-message.js';
import { encodeMessage, makeMessage } from '../../../shared/messages/envelope.js';
import { PoolRanked } from '../../../shared/messages/pool-ranked.js';
import { envelopedTopics } from '../../../shared/topology.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { cause, messageKinds } from '../../support/message-arbitraries.js';

const received = (data: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(data));

const refusal = (result: E.Either<Failure, unknown>): string => {
  if (E.isRight(result)) throw new Error('it was not refused');
  assert.equal(result.left.kind, 'permanent');
  assert.equal(result.left.code, 'malformed-input');
  return result.left.message;
};

const RANKED = {
  schema_version: 1,
  event_type: 'pool-ranked',
  event_id: 'a'.repeat(64),
  run_id: '2026-03-13-core_major-0123456789ab',
  occurred_at: '2026-03-14T00:15:30+00:00',
  causation_id: null,
  payload: {
    mode: 'core_major',
    as_of_date: '2026-03-13',
    version: '2026-03-13-core_major',
    dry_run: false,
    allow_stale: false,
    snapshot: { uri: 'gs://b/r/snapshots/x/manifest.json', sha256: 'b'.repeat(64) },
    ranking: { uri: 'gs://b/r/evidence/x/rankings/y.json', sha256: 'c'.repeat(64) },
  },
};

describe('Messages', () => {
  it('have an arbitrary for every topic of the topology', () => {
    assert.deepEqual(messageKinds.map(({ topic }) => topic).sort(), [...envelopedTopics].sort());
  });

  for (const { topic, codec, payload } of messageKinds) {
    describe(topic, () => {
      const message = fc
        .tuple(cause, payload)
        .map(([origin, content]) => makeMessage(topic, origin, content));

      it('is decoded as it was encoded', () => {
        fc.assert(
          fc.property(message, (sent) => {
            assert.deepEqual(getOrThrow(decode(codec)(received(encodeMessage(sent)))), sent);
          }),
        );
      });

      it('drops what a newer producer may have added, at every level', () => {
        fc.assert(
          fc.property(message, fc.jsonValue(), (sent, addition) => {
            const withMore = (value: unknown): unknown =>
              typeof value === 'object' && value !== null && !Array.isArray(value)
                ? Object.fromEntries([
                    ...Object.entries(value).map(([key, member]) => [key, withMore(member)]),
                    ['added_later', addition],
                    ['__proto__', addition],
                  ])
                : value;
            const decoded = getOrThrow(decode(codec)(withMore(received(encodeMessage(sent)))));
            assert.deepEqual(decoded, sent);
          }),
        );
      });

      it('is rejected under another schema version, with a message that names it', () => {
        fc.assert(
          fc.property(
            message,
            fc.jsonValue().filter((version) => version !== 1),
            (sent, version) => {
              const said = refusal(decode(codec)({ ...sent, schema_version: version }));
              const text = JSON.stringify(version);
              const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
              assert.equal(said, `${topic}: schema_version: expected 1, got ${shown}`);
            },
          ),
        );
      });

      it('is refused without any one of its fields', () => {
        fc.assert(
          fc.property(message, fc.nat(), fc.boolean(), (sent, choice, ofPayload) => {
            const whole: Record<string, unknown> = { ...sent, payload: { ...sent.payload } };
            const from: Record<string, unknown> = ofPayload ? { ...sent.payload } : whole;
            const keys = Object.keys(from);
            const key = keys[choice % keys.length] ?? '';
            delete from[key];
            const broken = ofPayload ? { ...whole, payload: from } : from;
            const path = ofPayload ? `payload.${key}` : key;
            const said = refusal(decode(codec)(broken));
            assert.ok(said.startsWith(`${topic}: ${path}: expected `), said);
            assert.ok(said.endsWith(', got nothing'), said);
          }),
        );
      });
    });
  }
});

describe('A message is refused', () => {
  const table: readonly (readonly [string, unknown, string])[] = [
    [
      'as another topic’s',
      { ...RANKED, event_type: 'market-data-ingested' },
      'pool-ranked: event_type: expected "pool-ranked", got "market-data-ingested"',
    ],
    [
      'with an event id that is no hash',
      { ...RANKED, event_id: 'A'.repeat(64) },
      `pool-ranked: event_id: expected Sha256 (64 lower-case hexadecimal digits), got "${'A'.repeat(64)}"`,
    ],
    [
      'with an instant that says no zone',
      { ...RANKED, occurred_at: '2026-03-14T00:15:30' },
      'pool-ranked: occurred_at: expected Timestamp (an instant as YYYY-MM-DDThh:mm:ss+00:00), got "2026-03-14T00:15:30"',
    ],
    [
      'with a payload that is none',
      { ...RANKED, payload: 'later' },
      'pool-ranked: payload: expected object, got "later"',
    ],
    [
      'with a flag as text',
      { ...RANKED, payload: { ...RANKED.payload, dry_run: 'false' } },
      'pool-ranked: payload.dry_run: expected boolean, got "false"',
    ],
    [
      'with a reference without a checksum',
      { ...RANKED, payload: { ...RANKED.payload, ranking: { uri: 'gs://b/r/x' } } },
      'pool-ranked: payload.ranking.sha256: expected Sha256 (64 lower-case hexadecimal digits), got nothing',
    ],
    [
      'when it is a list',
      [RANKED],
      `pool-ranked: expected pool-ranked, got ${JSON.stringify([RANKED]).slice(0, 80)}…`,
    ],
    [
      'with the version of another date',
      { ...RANKED, payload: { ...RANKED.payload, as_of_date: '2026-02-28' } },
      'pool-ranked: payload.version: expected 2026-02-28-core_major, got 2026-03-13-core_major',
    ],
    [
      'with the version of another mode',
      { ...RANKED, payload: { ...RANKED.payload, mode: 'broad_liquid' } },
      'pool-ranked: payload.version: expected 2026-03-13-broad_liquid, got 2026-03-13-core_major',
    ],
  ];
  for (const [title, value, sentence] of table) {
    it(title, () => {
      assert.equal(refusal(decodeMessage(PoolRanked)(value)), sentence);
    });
  }

  it('except for the unchanged message', () => {
    assert.deepEqual(getOrThrow(decodeMessage(PoolRanked)(RANKED)), RANKED);
  });
});
