import assert from 'node:assert/strict';
import { checkFirestoreDocument } from '../../shared/contract/gate/check-document.js';
import { validateRelease } from '../../shared/contract/gate/gate.js';
import type { Release } from '../../shared/contract/release.js';
import { parseIsoDay } from '../../shared/day.js';
import { readReleaseAt } from '../../shared/releases/read-release.js';
import { envelopedTopics, topology } from '../../shared/topology.js';
import { faultFreeMonth, type Month } from '../support/fault-free-month.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { outcomeOf, SUMMARY, TEST_CONFIG } from '../support/memory-world.js';
import { bytesAt, type Contents, contentsOf, documentAt } from '../support/world-contents.js';

const FILES = [
  'artifact_manifest.json',
  'latest_ranking.csv',
  'latest_universe.json',
  'live_pool.json',
  'live_pool_legacy.json',
];
const RELEASE = 'releases/2026-03-13-core_major/';
const REPORT = 'evidence/2026-03-13-core_major/report.html';

const parsed = (data: Uint8Array): Record<string, unknown> =>
  JSON.parse(Buffer.from(data).toString('utf8'));

describe('A month', () => {
  let month: Month;
  let contents: Contents;
  let release: Release;

  before(async () => {
    month = await faultFreeMonth();
    contents = await contentsOf(month.world);
    release = getOrThrow(await readReleaseAt(month.world.environment.objects, RELEASE)());
  });

  const keysUnder = (prefix: string): readonly string[] =>
    Object.keys(contents.objects)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));

  it('runs through all five functions, each publishing to the next', () => {
    const told = Object.values(month.stages).map(({ name, answer }) => [
      name,
      answer.status,
      outcomeOf(answer),
      ...answer.published.map(({ topic }) => topic),
    ]);
    assert.deepEqual(told, [
      ['ingest', 204, 'done', 'market-data-ingested'],
      ['rank', 204, 'done', 'pool-ranked'],
      ['materialise', 204, 'done', 'release-materialised'],
      ['promote', 204, 'done', 'release-promoted'],
      ['sync-firestore', 204, 'done', 'live-pool-published'],
    ]);
  });

  it('has the same run and version in every log line, and the promotion if there is one', () => {
    const lines = Object.values(month.stages).flatMap(({ answer }) => answer.log);
    assert.equal(new Set(lines.map(({ run_id }) => run_id)).size, 1);
    assert.deepEqual(
      lines.map(({ severity, message, version, promotion_seq }) => [
        severity,
        message,
        version,
        promotion_seq,
      ]),
      [
        ['INFO', 'ingest: done', '2026-03-13-core_major', undefined],
        ['INFO', 'rank: done', '2026-03-13-core_major', undefined],
        ['INFO', 'materialise: done', '2026-03-13-core_major', undefined],
        ['INFO', 'promote: done', '2026-03-13-core_major', 1],
        ['INFO', 'sync-firestore: done', '2026-03-13-core_major', 1],
      ],
    );
  });

  it('publishes valid messages, each caused by the one before, all with the same timestamp', () => {
    const messages = Object.values(month.stages).flatMap(({ answer }) =>
      answer.published.map(({ data }) => parsed(data)),
    );
    assert.deepEqual(
      messages.map(({ event_type }) => event_type),
      envelopedTopics.slice(1),
    );
    messages.forEach((message, index) => {
      const codec = Object.values(topology)[index + 1]?.codec;
      assert.deepEqual(codec?.decode(message), { _tag: 'Right', right: message });
      assert.equal(message.occurred_at, '2026-03-14T00:15:30+00:00');
      if (index > 0) assert.equal(message.causation_id, messages[index - 1]?.event_id);
    });
  });

  it('archives every message, to the byte, before it is published', async () => {
    const keys: string[] = [];
    for (const { answer } of Object.values(month.stages))
      for (const { topic, data, archived } of answer.published) {
        assert.ok(archived, topic);
        const key = `${topic}/${parsed(data).event_id}.json`;
        assert.deepEqual(await bytesAt(month.world, `events/${key}`), data);
        keys.push(key);
      }
    const [request] = keysUnder('events/monthly-run-requested/');
    assert.deepEqual(keysUnder('events/'), [...keys, `monthly-run-requested/${request}`].sort());
  });

  it('archives the request as it was decoded', async () => {
    const [request] = keysUnder('events/monthly-run-requested/');
    const { payload, event_id } = parsed(
      await bytesAt(month.world, `events/monthly-run-requested/${request}`),
    );
    assert.equal(`${event_id}.json`, request);
    assert.deepEqual(payload, {
      mode: 'core_major',
      as_of_date: '2026-03-13',
      version: '2026-03-13-core_major',
      dry_run: false,
      allow_stale: false,
      previous_pool: null,
    });
  });

  it('leaves exactly five objects in the release and in current/, equal to the byte', async () => {
    assert.deepEqual(keysUnder(RELEASE), FILES);
    assert.deepEqual(keysUnder('current/'), FILES);
    assert.deepEqual(keysUnder('releases/').length, 5);
    for (const file of FILES)
      assert.deepEqual(
        await bytesAt(month.world, `current/${file}`),
        await bytesAt(month.world, `${RELEASE}${file}`),
      );
  });

  it('writes nothing anywhere else, and nothing twice', () => {
    const rooms = new Set(Object.keys(contents.objects).map((key) => key.split('/')[0]));
    assert.deepEqual([...rooms].sort(), ['current', 'events', 'evidence', 'releases', 'snapshots']);
    for (const [key, { generation }] of Object.entries(contents.objects))
      assert.equal(generation, 1, key);
    assert.deepEqual(
      Object.keys(contents.documents).map((path) => path.split('/')[0]),
      ['live_pool_control', 'live_pool_ledger', 'live_pool_runs', 'strategy'],
    );
  });

  it('publishes a release that satisfies the whole gate', () => {
    const verdict = validateRelease(release.files, {
      today: parseIsoDay('2026-03-14'),
      maxAgeDays: 45,
      expectedPoolSize: TEST_CONFIG.poolSize,
      expectedSourceProject: 'crypto-live-pool-pipelines',
      contract: TEST_CONFIG.contract,
    });
    assert.deepEqual(verdict, { errors: [], warnings: [] });
    assert.equal(release.manifest.generated_at, '2026-03-14T00:15:30+00:00');
  });

  it('shows readers the contract’s document, field for field', async () => {
    const document = await documentAt(month.world, SUMMARY);
    assert.deepEqual(checkFirestoreDocument(document, release, TEST_CONFIG), []);
    assert.deepEqual(Object.keys(document ?? {}), [
      'as_of_date',
      'mode',
      'version',
      'pool_size',
      'symbols',
      'symbol_map',
      'storage_prefix',
      'current_prefix',
      'live_pool_legacy_uri',
      'live_pool_uri',
      'artifact_manifest_uri',
      'latest_universe_uri',
      'latest_ranking_uri',
      'versioned_live_pool_legacy_uri',
      'versioned_artifact_manifest_uri',
      'artifact_contract_version',
      'generated_at',
      'source_project',
      'promotion_seq',
      'live_pool_legacy_exact_bytes',
      'runtime_evidence_identity',
    ]);
    const root = 'gs://test-bucket/crypto-live-pool-pipelines';
    const { symbols, symbol_map } = release.livePool;
    assert.deepEqual(document, {
      as_of_date: '2026-03-13',
      mode: 'core_major',
      version: '2026-03-13-core_major',
      pool_size: 5,
      symbols,
      symbol_map,
      storage_prefix: `${root}/releases/2026-03-13-core_major`,
      current_prefix: `${root}/current`,
      live_pool_legacy_uri: `${root}/current/live_pool_legacy.json`,
      live_pool_uri: `${root}/current/live_pool.json`,
      artifact_manifest_uri: `${root}/current/artifact_manifest.json`,
      latest_universe_uri: `${root}/current/latest_universe.json`,
      latest_ranking_uri: `${root}/current/latest_ranking.csv`,
      versioned_live_pool_legacy_uri: `${root}/releases/2026-03-13-core_major/live_pool_legacy.json`,
      versioned_artifact_manifest_uri: `${root}/releases/2026-03-13-core_major/artifact_manifest.json`,
      artifact_contract_version: 'crypto_live_pool_rotation.live_pool.v1',
      generated_at: '2026-03-14T00:15:30+00:00',
      source_project: 'crypto-live-pool-pipelines',
      promotion_seq: 1,
      live_pool_legacy_exact_bytes: {
        contract_version: 'qsl.crypto_live_pool_legacy_exact_bytes.v1',
        encoding: 'utf-8',
        utf8_text: Buffer.from(release.files['live_pool_legacy.json']).toString('utf8'),
      },
      runtime_evidence_identity: {
        strategy_profile: 'crypto_live_pool_rotation',
        mode: 'core_major',
        source_revision: '0123456789abcdef0123456789abcdef01234567',
        input_timestamp: '2026-03-13T00:00:00Z',
        artifact_contract: 'crypto_live_pool_rotation.live_pool.v1',
        artifact_version: '2026-03-13-core_major',
        artifacts: release.manifest.artifacts,
      },
    });
  });

  it('publishes the pool, the location of its bytes and its promotion', () => {
    const [message] = month.stages['sync-firestore'].answer.published;
    assert.deepEqual(message && parsed(message.data).payload, {
      mode: 'core_major',
      as_of_date: '2026-03-13',
      version: '2026-03-13-core_major',
      promotion_seq: 1,
      intent: 'publish',
      pool_size: 5,
      symbols: release.livePool.symbols,
      manifest: {
        uri: `gs://test-bucket/crypto-live-pool-pipelines/${RELEASE}artifact_manifest.json`,
        sha256: release.sha256.artifact_manifest,
      },
      document: 'strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
      report: {
        uri: `gs://test-bucket/crypto-live-pool-pipelines/${REPORT}`,
        sha256: contents.objects[REPORT]?.sha256,
      },
    });
  });
});
