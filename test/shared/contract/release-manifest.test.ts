import assert from 'node:assert/strict';
import { encodeJson, textOfUtf8, utf8 } from '../../../shared/codec/bytes.js';
import { buildRelease } from '../../../shared/contract/build-release.js';
import { firestorePayload } from '../../../shared/contract/firestore-document.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { ReleaseManifest, releaseManifest } from '../../../shared/contract/release-manifest.js';
import { parseIsoDay } from '../../../shared/day.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { replaced } from './gate/release-mutations.js';
import { input } from './hand-written-release.js';

const at = {
  bucket: 'example-bucket',
  rootPrefix: 'crypto-live-pool-pipelines',
  collection: 'strategy',
  document: 'CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
};
const release = getOrThrow(buildRelease(input));
const bytes = getOrThrow(
  encodeJson(
    ReleaseManifest,
    'release_manifest.json',
  )(releaseManifest(release, at, { dryRun: true })),
);
const text = textOfUtf8(bytes) ?? '';

describe('release_manifest.json', () => {
  it('is written in the order and with the places of the contract', () => {
    assert.ok(
      text.startsWith(`{
  "version": "2026-03-13-core_major",
  "mode": "core_major",
  "dry_run": true,
  "publish_enabled": false,
  "as_of_date": "2026-03-13",
  "release_prefix": "crypto-live-pool-pipelines/releases/2026-03-13-core_major",
  "current_prefix": "crypto-live-pool-pipelines/current",
  "artifacts": {
    "latest_universe": {
      "release_object": "crypto-live-pool-pipelines/releases/2026-03-13-core_major/latest_universe.json",
      "current_object": "crypto-live-pool-pipelines/current/latest_universe.json",
      "release_uri": "gs://example-bucket/crypto-live-pool-pipelines/releases/2026-03-13-core_major/latest_universe.json",
      "current_uri": "gs://example-bucket/crypto-live-pool-pipelines/current/latest_universe.json"
    },
    "latest_ranking": {`),
      text,
    );
    const { artifacts, firestore } = JSON.parse(text);
    assert.deepEqual(Object.keys(artifacts), [
      'latest_universe',
      'latest_ranking',
      'live_pool',
      'live_pool_legacy',
      'artifact_manifest',
    ]);
    assert.deepEqual(firestore, {
      collection: 'strategy',
      document: 'CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
      payload: firestorePayload(release, at),
    });
    assert.equal('promotion_seq' in firestore.payload, false);
  });
});

describe('the check of release_manifest.json', () => {
  const errorsOf = (manifest: Uint8Array, locations?: typeof at): readonly string[] =>
    validateRelease(release.files, {
      today: parseIsoDay('2026-03-14'),
      requireManifest: true,
      releaseManifest: manifest,
      locations,
    }).errors.map(({ code, message }) => `${code} | ${message}`);
  const changed = (from: string, to: string): Uint8Array => utf8(replaced(text, from, to));

  it('accepts what was written for the release, of a dry run or a real one', () => {
    assert.deepEqual(errorsOf(bytes), []);
    assert.deepEqual(errorsOf(bytes, at), []);
    const real = getOrThrow(
      encodeJson(
        ReleaseManifest,
        'release_manifest.json',
      )(releaseManifest(release, at, { dryRun: false })),
    );
    assert.deepEqual(errorsOf(real), []);
  });

  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    [
      'another date',
      changed('"as_of_date": "2026-03-13",\n  "release', '"as_of_date": "2026-03-12",\n  "release'),
      'as_of_date: expected "2026-03-13", got "2026-03-12"',
    ],
    [
      'a flag that is none',
      changed('"dry_run": true', '"dry_run": "yes"'),
      'dry_run: expected true or false, got "yes"',
    ],
    [
      'an object that lies elsewhere',
      changed(
        '"current_object": "crypto-live-pool-pipelines/current/live_pool.json"',
        '"current_object": "elsewhere/live_pool.json"',
      ),
      'artifacts.live_pool.current_object: expected "crypto-live-pool-pipelines/current/live_pool.json", got "elsewhere/live_pool.json"',
    ],
    [
      'a payload of another pool',
      changed('"pool_size": 5', '"pool_size": 4'),
      'firestore.payload.pool_size: expected 5, got 4',
    ],
    [
      'a payload with a sequence before there is one',
      changed('"payload": {', '"payload": {\n      "promotion_seq": 1,'),
      'firestore.payload.promotion_seq: expected no such field, got 1',
    ],
    ['no JSON', utf8('no'), ''],
    ['no text', Uint8Array.of(0xff), 'expected UTF-8 text, got other bytes'],
    [
      'no manifest at all',
      utf8('{}'),
      'firestore: expected a collection, a document and a payload with its current_prefix, got nothing',
    ],
  ];
  for (const [title, manifest, message] of cases)
    it(`finds ${title}`, () => {
      const errors = errorsOf(manifest);
      assert.equal(errors.length, 1);
      assert.ok(
        errors[0]?.startsWith(`release-manifest | release_manifest.json: ${message}`),
        errors[0],
      );
    });

  it('finds places in another bucket, where the bucket is known', () => {
    assert.equal(errorsOf(bytes, { ...at, bucket: 'other' }).length, 19);
  });
});
