import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sha256 } from '../../../shared/codec/hash.js';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import { buildRelease } from '../../../shared/contract/build-release.js';
import {
  FirestoreDocument,
  firestoreDocument,
} from '../../../shared/contract/firestore-document.js';
import { checkFirestoreDocument } from '../../../shared/contract/gate/check-document.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { parseIsoDay } from '../../../shared/day.js';
import { releaseInput } from '../../support/arbitraries.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { input, texts } from './hand-written-release.js';

const at = { bucket: 'example-bucket', rootPrefix: 'crypto-live-pool-pipelines' };
const seq = 7 as PositiveInteger;
const release = getOrThrow(buildRelease(input));
const document = firestoreDocument(release, at, seq);

const ROOT = 'gs://example-bucket/crypto-live-pool-pipelines';
const identity = JSON.parse(texts['artifact_manifest.json']).runtime_evidence_identity;

/** The contract's example, and its three additive fields. */
const example = {
  as_of_date: '2026-03-13',
  mode: 'core_major',
  version: '2026-03-13-core_major',
  pool_size: 5,
  symbols: ['TRXUSDT', 'ETHUSDT', 'BCHUSDT', 'NEARUSDT', 'LTCUSDT'],
  symbol_map: {
    TRXUSDT: { base_asset: 'TRX' },
    ETHUSDT: { base_asset: 'ETH' },
    BCHUSDT: { base_asset: 'BCH' },
    NEARUSDT: { base_asset: 'NEAR' },
    LTCUSDT: { base_asset: 'LTC' },
  },
  storage_prefix: `${ROOT}/releases/2026-03-13-core_major`,
  current_prefix: `${ROOT}/current`,
  live_pool_legacy_uri: `${ROOT}/current/live_pool_legacy.json`,
  live_pool_uri: `${ROOT}/current/live_pool.json`,
  artifact_manifest_uri: `${ROOT}/current/artifact_manifest.json`,
  latest_universe_uri: `${ROOT}/current/latest_universe.json`,
  latest_ranking_uri: `${ROOT}/current/latest_ranking.csv`,
  versioned_live_pool_legacy_uri: `${ROOT}/releases/2026-03-13-core_major/live_pool_legacy.json`,
  versioned_artifact_manifest_uri: `${ROOT}/releases/2026-03-13-core_major/artifact_manifest.json`,
  artifact_contract_version: 'crypto_live_pool_rotation.live_pool.v1',
  generated_at: '2026-03-13T13:00:00+00:00',
  source_project: 'crypto-live-pool-pipelines',
  promotion_seq: 7,
  live_pool_legacy_exact_bytes: {
    contract_version: 'qsl.crypto_live_pool_legacy_exact_bytes.v1',
    encoding: 'utf-8',
    utf8_text: texts['live_pool_legacy.json'],
  },
  runtime_evidence_identity: identity,
};

describe('the Firestore document', () => {
  it("is the contract's example, field for field", () => {
    assert.equal(JSON.stringify(FirestoreDocument.encode(document)), JSON.stringify(example));
  });

  it('leaves the identity out where no commit is known', () => {
    const anonymous = getOrThrow(buildRelease({ ...input, sourceRevision: undefined }));
    assert.equal('runtime_evidence_identity' in firestoreDocument(anonymous, at, seq), false);
  });

  it('of any release is valid and matches it', () => {
    fc.assert(
      fc.property(releaseInput, (made) => {
        const any = getOrThrow(buildRelease(made));
        const made_document = firestoreDocument(any, at, seq);
        assert.ok(FirestoreDocument.is(made_document));
        assert.deepEqual(checkFirestoreDocument(made_document, any, at), []);
        assert.deepEqual(checkFirestoreDocument(made_document, any), []);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the check of a Firestore document', () => {
  const messagesOf = (changed: unknown, ...where: readonly [typeof at?]): readonly string[] =>
    checkFirestoreDocument(changed, release, ...where).map(({ message }) => message);

  it('accepts maps whose keys were sorted by the store', () => {
    const { symbol_map } = example;
    const sorted = Object.fromEntries(
      Object.entries(symbol_map).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    assert.deepEqual(messagesOf({ ...example, symbol_map: sorted }, at), []);
  });

  const cases: readonly (readonly [string, object, string])[] = [
    [
      'a sequence that is not whole',
      { promotion_seq: 1.5 },
      'promotion_seq: expected a whole number of at least 1, got 1.5',
    ],
    [
      'a sequence that is text',
      { promotion_seq: '7' },
      'promotion_seq: expected a whole number of at least 1, got "7"',
    ],
    [
      'another version',
      { version: '2026-02-28-core_major' },
      'version: expected "2026-03-13-core_major", got "2026-02-28-core_major"',
    ],
    [
      'another order',
      { symbols: ['ETHUSDT', 'TRXUSDT', 'BCHUSDT', 'NEARUSDT', 'LTCUSDT'] },
      'symbols: expected ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","LTCUSDT"], got ["ETHUSDT","TRXUSDT","BCHUSDT","NEARUSDT","LTCUSDT"]',
    ],
    [
      'another base asset',
      { symbol_map: { ...example.symbol_map, LTCUSDT: { base_asset: 'BTC' } } },
      'symbol_map.LTCUSDT.base_asset: expected "LTC", got "BTC"',
    ],
    [
      'another generated_at',
      { generated_at: '2026-03-13T13:00:01+00:00' },
      'generated_at: expected "2026-03-13T13:00:00+00:00", got "2026-03-13T13:00:01+00:00"',
    ],
    [
      'a URI that points elsewhere',
      { live_pool_uri: `${ROOT}/releases/2026-03-13-core_major/live_pool.json` },
      `live_pool_uri: expected "${ROOT}/current/live_pool.json", got "${ROOT}/releases/2026-03-13-core_major/live_pool.json"`.replace(
        /"gs:[^"]*\/releases[^"]*"/,
        (uri) => (uri.length > 80 ? `${uri.slice(0, 80)}…` : uri),
      ),
    ],
    [
      'exact bytes that differ from the file',
      {
        live_pool_legacy_exact_bytes: {
          ...example.live_pool_legacy_exact_bytes,
          utf8_text: `${texts['live_pool_legacy.json']}\n`,
        },
      },
      `live_pool_legacy_exact_bytes.utf8_text: expected "SHA-256 ${release.sha256.live_pool_legacy}", got "SHA-256 ${sha256(`${texts['live_pool_legacy.json']}\n`)}"`,
    ],
    [
      'an identity whose checksums are not the manifest’s',
      {
        runtime_evidence_identity: {
          ...identity,
          artifacts: { ...identity.artifacts, live_pool: { path: 'live_pool.json', sha256: 'x' } },
        },
      },
      `runtime_evidence_identity.artifacts.live_pool.sha256: expected "${release.sha256.live_pool}", got "x"`,
    ],
    [
      'a missing field',
      { source_project: undefined },
      'source_project: expected "crypto-live-pool-pipelines", got nothing',
    ],
    ['a field too many', { ranking: [] }, 'ranking: expected no such field, got []'],
  ];
  for (const [title, change, message] of cases)
    it(`finds ${title}`, () => {
      assert.deepEqual(messagesOf({ ...example, ...change }, at), [
        `Firestore document: ${message}`,
      ]);
    });

  it('finds URIs of another bucket, where the bucket is known', () => {
    assert.deepEqual(messagesOf(example), []);
    const messages = messagesOf(example, { ...at, bucket: 'other' });
    assert.equal(messages.length, 9);
    assert.equal(
      messages[0],
      `Firestore document: storage_prefix: expected "gs://other/crypto-live-pool-pipelines/releases/2026-03-13-core_major", got "${ROOT}/releases/2026-03-13-core_major"`,
    );
  });

  it('finds a URI that disagrees with the others, where the bucket is not known', () => {
    assert.deepEqual(messagesOf({ ...example, current_prefix: 'current' }), [
      `Firestore document: current_prefix: expected "${ROOT}/current", got "current"`,
    ]);
  });

  it('reports a document of which no field can be compared', () => {
    assert.deepEqual(messagesOf(null), [
      'Firestore document: current_prefix: expected gs://<bucket>/<root prefix>/current, got nothing',
      'Firestore document: promotion_seq: expected a whole number of at least 1, got nothing',
    ]);
  });

  it('is part of the gate', () => {
    const today = parseIsoDay('2026-03-14');
    const options = { today, firestoreDocument: { ...example, pool_size: 4 } };
    assert.deepEqual(validateRelease(release.files, options).errors, [
      { code: 'document', message: 'Firestore document: pool_size: expected 5, got 4' },
    ]);
    assert.deepEqual(
      validateRelease(release.files, { today, firestoreDocument: example }).errors,
      [],
    );
  });
});
