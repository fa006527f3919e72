import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '@google-cloud/pubsub';
import { livePoolProcess, temporaryFolder } from '../support/cli.js';
import { fileHashes } from '../support/file-hashes.js';
import { describeWithEmulators } from './emulator.js';
import { openWire, type Wire } from './support/google-clients.js';

const SUBSCRIPTION = 'downstream';
const ARTIFACTS = [
  'artifact_manifest.json',
  'latest_ranking.csv',
  'latest_universe.json',
  'live_pool.json',
  'live_pool_legacy.json',
];

const february = '2026-02-28-core_major';
const march = '2026-03-13-core_major';

const eventOf = ({ data, attributes }: Message) => {
  const { payload } = JSON.parse(data.toString('utf8'));
  return { payload, attributes };
};

/**
 * What `npm run emulators` serves, used the way Cloud Scheduler, a downstream system and an
 * operator without our command would use it; and the embedded runtime's month beside it.
 */
describeWithEmulators('two months over the wire', ({ project, bucket }) => {
  const folder = temporaryFolder();
  let wire: Wire;
  before(async () => {
    wire = openWire(project, bucket);
    await wire.listen('live-pool-published', SUBSCRIPTION);
  });
  after(() => wire.close());

  const state = (): string => join(folder(), 'data');
  const embedded = async (...words: string[]): Promise<void> => {
    const { code, stderr } = await livePoolProcess([...words, '--state', state(), '--quiet'], {
      environment: { SOURCE_REVISION: process.env.SOURCE_REVISION ?? '' },
    });
    assert.equal(code, 0, stderr);
  };
  /** The demo month, with the publish time that the emulator gave its first message. */
  const embeddedRun = (asOfDate: string, now: string): Promise<void> =>
    embedded(
      ...['run', '--source', 'demo', '--as-of-date', asOfDate, '--allow-stale', '--now', now],
      ...['--bucket', bucket],
    );
  const embeddedObjects = () =>
    fileHashes(join(state(), 'bucket', bucket, 'crypto-live-pool-pipelines'));
  const embeddedDocument = (): unknown =>
    JSON.parse(
      readFileSync(
        join(state(), 'firestore/strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL.json'),
        'utf8',
      ),
    );

  /** The archived message that announced a release, exactly as it was published. */
  const releaseMessage = async (version: string): Promise<Buffer> => {
    for (const key of Object.keys(await wire.objects())) {
      if (!key.startsWith('events/release-materialised/')) continue;
      const bytes = await wire.object(key);
      if (JSON.parse(bytes.toString('utf8')).payload.version === version) return bytes;
    }
    throw new Error(`no message has announced ${version}`);
  };

  const startedAt = async (version: string): Promise<string> => {
    const message = JSON.parse((await releaseMessage(version)).toString('utf8'));
    return message.occurred_at;
  };

  const publishMonth = async (asOfDate: string, version: string, seq: number): Promise<void> => {
    // The bare body that Cloud Scheduler sends; the demo market is older than readers accept.
    await wire.publish('monthly-run-requested', { as_of_date: asOfDate, allow_stale: true });
    const { payload, attributes } = eventOf(await wire.next(SUBSCRIPTION));
    assert.deepEqual(
      [payload.version, payload.promotion_seq, attributes.version],
      [version, seq, version],
    );
    await embeddedRun(asOfDate, await startedAt(version));
    assert.deepEqual(await wire.objects(), embeddedObjects());
    assert.deepEqual(await wire.document(), embeddedDocument());
  };

  it('publishes February: every object and the document as the embedded run makes them', () =>
    publishMonth('2026-02-28', february, 1)).timeout(120_000);

  it('replaces it by March', () => publishMonth('2026-03-13', march, 2)).timeout(120_000);

  it('rolls back to February by one archived message, published with the plain client', async () => {
    const before = await wire.objects();
    const archived = await releaseMessage(february);
    const reason = 'wrong bars on March 13th';
    const command = { intent: 'rollback', reason, expected_seq: '2' };
    await wire.publish('release-materialised', archived, command);
    const { payload } = eventOf(await wire.next(SUBSCRIPTION));
    assert.deepEqual(
      [payload.version, payload.promotion_seq, payload.intent],
      [february, 3, 'rollback'],
    );

    await embedded(
      ...['replay', '--topic', 'release-materialised', '--version', february],
      ...['--intent', 'rollback', '--reason', reason],
    );
    const after = await wire.objects();
    assert.deepEqual(after, embeddedObjects());
    assert.deepEqual(await wire.document(), embeddedDocument());
    for (const file of ARTIFACTS)
      assert.equal(after[`current/${file}`], before[`releases/${february}/${file}`]);
    assert.deepEqual(await wire.ledger(), [
      [1, february, 'publish'],
      [2, march, 'publish'],
      [3, february, 'rollback'],
    ]);
  }).timeout(120_000);

  it('refuses the same rollback when it expects the old head', async () => {
    const command = { intent: 'rollback', reason: 'late to the party', expected_seq: '2' };
    await wire.publish('release-materialised', await releaseMessage(march), command);
    const { attributes } = await wire.next('promote-dead-letter');
    assert.equal(attributes.dead_letter_code, 'conflict');
    assert.match(String(attributes.dead_letter_reason), /expected_seq is 2 .* promotion is 3/);
    assert.equal((await wire.ledger()).length, 3);
  }).timeout(120_000);
});
