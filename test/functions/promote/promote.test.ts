import assert from 'node:assert/strict';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import { ledgerPath } from '../../../shared/document-paths.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import {
  handMadeRelease,
  materialisedMessage,
  putRelease,
} from '../../support/hand-made-release.js';
import { memoryWorld, outcomeOf, type World } from '../../support/memory-world.js';
import { contentsOf } from '../../support/world-contents.js';
import {
  all,
  at,
  december,
  deliver,
  JANUARY,
  ledger,
  november,
  october,
  publish,
  sentence,
  shown,
  worldWith,
} from './promotion-world.js';

describe('promote', () => {
  describe('with a lost promotion state', () => {
    it('writes over no entry of the ledger', async () => {
      const healthy = await worldWith();
      await publish(healthy, october);
      const world = await worldWith();
      const [entry = {}] = await ledger(healthy);
      getOrThrow(
        await world.environment.documents.create(ledgerPath(1 as PositiveInteger), entry)(),
      );
      const { documents } = await contentsOf(world);
      const answer = await publish(world, december);
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.match(
        String(sentence(answer)),
        /ends at 0, but the ledger has an entry 1: the state was lost/,
      );
      assert.deepEqual((await contentsOf(world)).documents, documents);
      assert.deepEqual(await shown(world), []);
    });
  });

  it('makes a release current: ledger, current/, message', async () => {
    const world = await worldWith();
    const message = materialisedMessage(december);
    const answer = await deliver(world, message);
    assert.equal(outcomeOf(answer), 'done');
    assert.equal(answer.log[0]?.promotion_seq, 1);

    const [entry, ...others] = await ledger(world);
    assert.deepEqual(others, []);
    const { hash, ...facts } = entry ?? {};
    assert.match(String(hash), /^[0-9a-f]{64}$/);
    assert.deepEqual(facts, {
      seq: 1,
      version: '2025-12-31-core_major',
      as_of_date: '2025-12-31',
      intent: 'publish',
      from_version: null,
      reason: null,
      actor: 'a test',
      event_id: message.event_id,
      manifest_sha256: december.sha256.artifact_manifest,
      allow_stale: false,
      promoted_at: '2026-01-05T08:00:00+00:00',
      prev_hash: null,
    });
    assert.deepEqual(await shown(world), all('2025-12-31'));
    assert.deepEqual(
      JSON.parse(String(answer.published.map(({ data }) => Buffer.from(data)))).payload,
      {
        mode: 'core_major',
        as_of_date: '2025-12-31',
        version: '2025-12-31-core_major',
        promotion_seq: 1,
        intent: 'publish',
        from_version: null,
        manifest: {
          uri: 'gs://test-bucket/crypto-live-pool-pipelines/releases/2025-12-31-core_major/artifact_manifest.json',
          sha256: december.sha256.artifact_manifest,
        },
      },
    );
  });

  it('numbers promotions one by one and chains their entries', async () => {
    const world = await worldWith(at('2025-12-10T08:00:00Z'));
    await publish(world, october);
    await publish(world, november);
    const [first, second] = await ledger(world);
    assert.equal(second?.seq, 2);
    assert.equal(second.from_version, '2025-10-31-core_major');
    assert.equal(second.prev_hash, first?.hash);
    assert.deepEqual(await shown(world), all('2025-11-30'));
  });

  it("ignores a dry run's message", async () => {
    const world = await worldWith();
    const message = materialisedMessage(december);
    const before = await contentsOf(world);
    const answer = await deliver(world, {
      ...message,
      payload: { ...message.payload, dry_run: true },
    });
    assert.equal(outcomeOf(answer), 'dry_run');
    assert.deepEqual(await contentsOf(world), before);
  });
});

describe('the age rule of promote', () => {
  it('promotes a release of 45 days', async () => {
    const answer = await publish(await worldWith(at('2026-02-14T23:59:59Z')), december);
    assert.equal(outcomeOf(answer), 'done');
  });

  it('rejects a release of 46 days, and promotes nothing', async () => {
    const world = await worldWith(at('2026-02-15T00:00:00Z'));
    const before = await contentsOf(world);
    const answer = await publish(world, december);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, 'stale');
    assert.equal(
      sentence(answer),
      'live_pool.json: as_of_date: expected a day at most 45 days before today, 2026-02-15, got "2025-12-31", which is 46 days old',
    );
    assert.deepEqual(await contentsOf(world), before);
  });

  it('promotes an older release with allow_stale, and records that in the ledger', async () => {
    const world = await worldWith(at('2026-06-01T00:00:00Z'));
    const answer = await publish(world, december, { allow_stale: true });
    assert.equal(outcomeOf(answer), 'done');
    assert.equal((await ledger(world))[0]?.allow_stale, true);
  });

  it('rejects a future day even with allow_stale', async () => {
    const world = await worldWith(at('2025-12-30T23:00:00Z'));
    const answer = await publish(world, december, { allow_stale: true });
    assert.equal(answer.log[0]?.code, 'contract-invalid');
    assert.deepEqual(await ledger(world), []);
  });

  it('accepts the redelivery of a promotion that has grown old since', async () => {
    const fresh = await worldWith();
    await publish(fresh, december);
    const { objects, documents } = fresh.environment;
    const later = memoryWorld({ objects, documents, ...at('2026-09-01T00:00:00Z') });
    const before = await contentsOf(later);
    assert.equal(outcomeOf(await publish(later, december)), 'already_done');
    assert.deepEqual(await contentsOf(later), before);
  });
});

describe('promote refuses, and changes nothing,', () => {
  const refuse = async (world: World, release: Release, expected: string | RegExp) => {
    const before = await contentsOf(world);
    const answer = await publish(world, release);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, 'contract-invalid');
    if (typeof expected === 'string') assert.equal(sentence(answer), expected);
    else assert.match(String(sentence(answer)), expected);
    assert.deepEqual(await contentsOf(world), before);
  };

  const replace = async ({ environment }: World, key: string, text: string) => {
    const options = { ifGenerationMatch: 1, contentType: 'text/plain' };
    getOrThrow(await environment.objects.write(key, new TextEncoder().encode(text), options)());
  };

  it('a release that does not exist', async () => {
    await refuse(
      memoryWorld(JANUARY),
      december,
      'A release needs five artifacts; missing: latest_universe.json, latest_ranking.csv, live_pool.json, live_pool_legacy.json, artifact_manifest.json',
    );
  });

  it('a release without its commit mark', async () => {
    const world = memoryWorld(JANUARY);
    const { 'artifact_manifest.json': _, ...payloads } = december.files;
    for (const [file, bytes] of Object.entries(payloads))
      getOrThrow(
        await world.environment.objects.write(`releases/${december.version}/${file}`, bytes, {
          ifGenerationMatch: 0,
          contentType: 'text/plain',
        })(),
      );
    await refuse(
      world,
      december,
      'A release needs five artifacts; missing: artifact_manifest.json',
    );
  });

  it('a tampered artifact', async () => {
    const world = await worldWith();
    const key = 'releases/2025-12-31-core_major/latest_ranking.csv';
    const ranking = Buffer.from(december.files['latest_ranking.csv']).toString('utf8');
    await replace(world, key, ranking.replace('0.9375', '0.9376'));
    await refuse(world, december, /latest_ranking\.csv/);
  });

  it('another manifest than the message names', async () => {
    const world = await worldWith();
    const key = 'releases/2025-12-31-core_major/artifact_manifest.json';
    const manifest = Buffer.from(december.files['artifact_manifest.json']).toString('utf8');
    await replace(world, key, manifest.replace('T13:00:00', 'T14:00:00'));
    await refuse(
      world,
      december,
      /^manifest: expected gs:\/\/test-bucket\/\S+ with SHA-256 [0-9a-f]{64}, got gs:\/\/test-bucket\/\S+ with SHA-256 [0-9a-f]{64}$/,
    );
  });

  it('a pool of another size than this deployment publishes', async () => {
    const world = memoryWorld(JANUARY);
    const four = handMadeRelease('2025-12-31', {
      pool: ['TRX', 'ETH', 'BCH', 'NEAR'].map((baseAsset) => ({
        symbol: `${baseAsset}USDT`,
        baseAsset,
      })),
    });
    await putRelease(world.environment.objects, four);
    await refuse(
      world,
      four,
      'live_pool.json: symbols: expected 5 symbols, got ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT"]',
    );
  });
});
