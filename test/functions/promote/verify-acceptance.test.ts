import assert from 'node:assert/strict';
import { sha256 } from '../../../shared/codec/hash.js';
import type { Mode } from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import type { AnyEnvelope } from '../../../shared/messages/envelope.js';
import { referenceTo } from '../../../shared/releases/read-referenced-object.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import {
  handMadeRelease,
  materialisedMessage,
  putRelease,
} from '../../support/hand-made-release.js';
import { memoryWorld, outcomeOf, TEST_CONFIG, type World } from '../../support/memory-world.js';
import { bytesAt, contentsOf } from '../../support/world-contents.js';
import {
  at,
  december,
  deliver,
  JANUARY,
  november,
  publish,
  rollback,
  sentence,
  worldWith,
} from './promotion-world.js';

const proofsOf = async (world: World, { version }: Release): Promise<readonly string[]> =>
  getOrThrow(await world.environment.objects.list(`evidence/${version}/acceptance/`)()).map(
    ({ key }) => key,
  );

const proofAt = async (world: World, key: string) =>
  JSON.parse(Buffer.from(await bytesAt(world, key)).toString('utf8'));

const READER = {
  max_age_days: 45,
  accepted_modes: ['core_major'],
  expected_pool_size: 5,
  strategy_profile: 'crypto_live_pool_rotation',
};
const COMMON = {
  as_of_date: 'accepted',
  future: 'accepted',
  age: 'accepted',
  mode: 'accepted',
  symbol_map: 'accepted',
  symbol: 'accepted',
  base_asset: 'accepted',
  order: 'accepted',
  pool_size: 'accepted',
  expected_pool_size: 'accepted',
};

/** A world in which only this release has been materialised. */
const worldOf = async (release: Release, own: Parameters<typeof memoryWorld>[0] = JANUARY) => {
  const world = memoryWorld(own);
  await putRelease(world.environment.objects, release);
  return world;
};

describe('promote verifies that readers will accept', () => {
  it('every rule on the document and both files, before the ledger moves', async () => {
    const world = await worldWith();
    const message = materialisedMessage(december);
    assert.equal(outcomeOf(await deliver(world, message)), 'done');
    const [key, ...others] = await proofsOf(world, december);
    assert.deepEqual(others, []);
    assert.ok(key !== undefined);
    assert.equal(
      key,
      `evidence/2025-12-31-core_major/acceptance/${sha256(await bytesAt(world, key))}.json`,
    );
    assert.deepEqual(await proofAt(world, key), {
      version: '2025-12-31-core_major',
      as_of_date: '2025-12-31',
      event_id: message.event_id,
      intent: 'publish',
      expected_seq: null,
      allow_stale: false,
      manifest: referenceTo(
        TEST_CONFIG,
        'releases/2025-12-31-core_major/artifact_manifest.json',
        december.files['artifact_manifest.json'],
      ),
      reader: READER,
      candidates: [
        {
          candidate: 'firestore',
          rules: { ...COMMON, identity: 'accepted', exact_bytes: 'accepted' },
        },
        { candidate: 'live_pool.json', rules: COMMON },
        { candidate: 'live_pool_legacy.json', rules: COMMON },
      ],
    });
  });

  it('and verifies nothing again on redelivery, days later or not', async () => {
    const world = await worldWith();
    await publish(world, december);
    const before = await contentsOf(world);
    const { objects, documents } = world.environment;
    const later = memoryWorld({ objects, documents, ...at('2026-02-01T00:00:00Z') });
    assert.equal(outcomeOf(await publish(later, december)), 'already_done');
    assert.deepEqual(await contentsOf(world), before);
  });

  it('with the same bytes on another day, should the first delivery have died there', async () => {
    const [first, second] = [await worldWith(), await worldWith(at('2026-02-14T00:00:00Z'))];
    await publish(first, december);
    await publish(second, december);
    assert.deepEqual(await proofsOf(first, december), await proofsOf(second, december));
  });

  it('again for a rollback, which is another promotion', async () => {
    const world = await worldWith(at('2026-01-05T08:00:00Z'));
    await publish(world, november);
    await publish(world, december);
    assert.equal(outcomeOf(await rollback(world, november, 2)), 'done');
    const proofs = await Promise.all(
      (await proofsOf(world, november)).map((key) => proofAt(world, key)),
    );
    assert.deepEqual(
      proofs
        .map(({ intent, expected_seq }) => [intent, expected_seq])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
      [
        ['publish', null],
        ['rollback', 2],
      ],
    );
  });

  it('but for the age that allow_stale waives, needed or not', async () => {
    for (const instant of ['2026-01-05T08:00:00Z', '2026-06-01T00:00:00Z']) {
      const world = await worldWith(at(instant));
      assert.equal(outcomeOf(await publish(world, december, { allow_stale: true })), 'done');
      const [key = ''] = await proofsOf(world, december);
      for (const { rules } of (await proofAt(world, key)).candidates)
        assert.equal(rules.age, 'waived');
    }
  });

  it('with a warning where the deployment knows no commit to be identified by', async () => {
    const { sourceRevision: _, ...config } = TEST_CONFIG;
    const anonymous = handMadeRelease('2025-12-31', { sourceRevision: undefined });
    const world = await worldOf(anonymous, { ...JANUARY, config });
    assert.equal(outcomeOf(await publish(world, anonymous)), 'done');
    const [key = ''] = await proofsOf(world, anonymous);
    const { rules } = (await proofAt(world, key)).candidates[0];
    assert.deepEqual([rules.identity, rules.exact_bytes], ['warning', 'accepted']);
  });
});

describe('promote refuses what readers would refuse:', () => {
  const refuse = async (world: World, message: AnyEnvelope, code: string, expected: string) => {
    const before = await contentsOf(world);
    const answer = await deliver(world, message);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, code);
    assert.equal(sentence(answer), expected);
    assert.deepEqual(await contentsOf(world), before);
  };

  it('a document without identity, where the deployment has one', async () => {
    const anonymous = handMadeRelease('2025-12-31', { sourceRevision: undefined });
    await refuse(
      await worldOf(anonymous),
      materialisedMessage(anonymous),
      'contract-invalid',
      'Readers would refuse 2025-12-31-core_major: firestore: identity: expected runtime_evidence_identity, got nothing',
    );
  });

  it('a mode that they do not accept', async () => {
    const broad = handMadeRelease('2025-12-31', { mode: 'broad_liquid' as Mode });
    const mode = 'mode: expected one of core_major, got broad_liquid';
    await refuse(
      await worldOf(broad),
      materialisedMessage(broad),
      'contract-invalid',
      `Readers would refuse 2025-12-31-broad_liquid: firestore: ${mode}; live_pool.json: ${mode}; live_pool_legacy.json: ${mode}`,
    );
  });

  it('a mode and a size that only the run itself asks for', async () => {
    const broad = handMadeRelease('2025-12-31', { mode: 'broad_liquid' as Mode });
    const config = { ...TEST_CONFIG, defaultMode: 'broad_liquid' as Mode };
    const mode = 'mode: expected one of core_major, got broad_liquid';
    await refuse(
      await worldOf(broad, { ...JANUARY, config }),
      materialisedMessage(broad),
      'contract-invalid',
      `Readers would refuse 2025-12-31-broad_liquid: firestore: ${mode}; live_pool.json: ${mode}; live_pool_legacy.json: ${mode}`,
    );
  });
});
