import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBucket } from '../../deploy/emulators/create-bucket.js';
import { createTopology } from '../../deploy/emulators/create-topology.js';
import { variablesOf } from '../../deploy/emulators/environment-variables.js';
import { type FunctionsServer, serveFunctions } from '../../deploy/emulators/serve-functions.js';
import { type Emulators, startEmulators } from '../../deploy/emulators/start-emulators.js';
import { Revision } from '../../shared/codec/primitives.js';
import { livePoolProcess, temporaryFolder } from '../support/cli.js';
import { fileHashes } from '../support/file-hashes.js';
import { describeWithEmulators } from './emulator.js';
import { openWire, type Wire } from './support/google-clients.js';

const VERSION = '2026-03-13-core_major';
const SUBSCRIPTION = 'downstream';
const REVISION = 'c0ffee'.padEnd(40, '0');

// Emulators of its own: the other suites need theirs alive.
describeWithEmulators('every service killed in the middle of the month', () => {
  const folder = temporaryFolder();
  const place = { projectId: 'outage', bucket: 'outage' };
  let emulators: Emulators;
  let functions: FunctionsServer;
  let wire: Wire;
  const opened: (() => Promise<void>)[] = [];

  const createTopics = () =>
    createTopology({
      pubsubHost: emulators.pubsub.host,
      projectId: place.projectId,
      functionsUrl: functions.url,
    });
  const services = () => [emulators.pubsub, emulators.firestore, emulators.storage];

  before(async function () {
    this.timeout(120_000);
    emulators = await startEmulators({ environment: process.env, logFolder: folder() });
    opened.push(() => emulators.stop());
    assert.ok(Revision.is(REVISION));
    const variables = variablesOf(emulators, place, REVISION);
    functions = await serveFunctions({ variables, logFile: join(folder(), 'functions.log') });
    opened.push(() => functions.close());
    await createBucket(emulators.storage.host, place.projectId, place.bucket);
    await createTopics();
    wire = openWire(place.projectId, place.bucket, variables);
    opened.push(() => wire.close());
  });
  after(async () => {
    for (const close of opened.reverse()) await close();
  });

  it('ends in the state of a run without failures, once the archived message is published again', async () => {
    const { pid } = functions;
    const server = pid();
    await wire.listen('pool-ranked', 'watch');
    await wire.publish('monthly-run-requested', { as_of_date: '2026-03-13', allow_stale: true });
    // Materialise has just been told: it loses its services.
    const ranked = await wire.next('watch');
    await Promise.all(services().map((service) => service.kill()));
    await Promise.all(services().map((service) => service.restart()));

    // Pub/Sub's emulator keeps nothing, so neither topics nor messages are left. The archive is.
    await createTopics();
    await wire.listen('live-pool-published', SUBSCRIPTION);
    const { event_id, occurred_at } = JSON.parse(ranked.data.toString('utf8'));
    await wire.publish('pool-ranked', await wire.object(`events/pool-ranked/${event_id}.json`));
    const { payload } = JSON.parse((await wire.next(SUBSCRIPTION)).data.toString('utf8'));
    assert.deepEqual([payload.version, payload.promotion_seq], [VERSION, 1]);
    assert.equal(pid(), server, 'the functions have reconnected, not been replaced');

    const state = join(folder(), 'undisturbed');
    const { code, stderr } = await livePoolProcess(
      [
        ...['run', '--source', 'demo', '--as-of-date', '2026-03-13', '--allow-stale', '--quiet'],
        ...['--now', occurred_at, '--bucket', place.bucket, '--state', state],
      ],
      { environment: { SOURCE_REVISION: REVISION } },
    );
    assert.equal(code, 0, stderr);
    const undisturbed = join(state, 'bucket', place.bucket, 'crypto-live-pool-pipelines');
    assert.deepEqual(await wire.objects(), fileHashes(undisturbed));
    const document = 'firestore/strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL.json';
    assert.deepEqual(
      await wire.document(),
      JSON.parse(readFileSync(join(state, document), 'utf8')),
    );
  }).timeout(120_000);
});
