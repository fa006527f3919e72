import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { callRest } from '../../deploy/emulators/call-rest.js';
import { createBucket } from '../../deploy/emulators/create-bucket.js';
import { createTopology } from '../../deploy/emulators/create-topology.js';
import type { Emulator } from '../../deploy/emulators/emulator.js';
import { type FunctionsServer, serveFunctions } from '../../deploy/emulators/serve-functions.js';
import { type Emulators, startEmulators } from '../../deploy/emulators/start-emulators.js';
import type { Topic } from '../../shared/topology.js';
import { type Recorder, startRecorder } from '../deploy/emulators/support/request-recorder.js';
import { temporaryFolder } from '../support/cli.js';
import { describeWithJava } from './support/java.js';

const PROJECT = 'push-project';

describeWithJava('a message published to the emulator', (environment) => {
  const folder = temporaryFolder();
  let emulators: Emulators;
  let recorder: Recorder;
  let functions: FunctionsServer;
  const create = (): Promise<void> =>
    createTopology({
      pubsubHost: emulators.pubsub.host,
      projectId: PROJECT,
      functionsUrl: functions.url,
      delivery: { ackDeadlineSeconds: 10 },
    });
  const publish = (topic: Topic, data: unknown): Promise<void> =>
    callRest(
      'POST',
      `http://${emulators.pubsub.host}/v1/projects/${PROJECT}/topics/${topic}:publish`,
      {
        messages: [
          {
            data: Buffer.from(JSON.stringify(data)).toString('base64'),
            attributes: { mode: 'm' },
          },
        ],
      },
    );
  const told = async (): Promise<unknown> => (await recorder.next()).body;
  const event = (id: number, data: unknown, name: string, topic: Topic) => ({
    name,
    id: String(id),
    source: `//pubsub.googleapis.com/projects/${PROJECT}/topics/${topic}`,
    data,
    attributes: { mode: 'm' },
    pid: functions.pid(),
  });

  before(async function () {
    this.timeout(120_000);
    recorder = await startRecorder();
    emulators = await startEmulators({ environment, logFolder: folder() });
    functions = await serveFunctions({
      modulePath: resolve(
        import.meta.dirname,
        '../deploy/emulators/support/recorded-functions.mjs',
      ),
      variables: { RECORDER: `http://${recorder.host}/` },
      logFile: join(folder(), 'functions.log'),
    });
    await create();
  });
  after(async () => {
    await functions.close();
    await emulators.stop();
    await recorder.close();
  });

  it('reaches the subscribed function, with its topic and attributes', async () => {
    await publish('market-data-ingested', { month: 3 });
    assert.deepEqual(await told(), event(1, { month: 3 }, 'rank', 'market-data-ingested'));
  }).timeout(30_000);

  it('is acknowledged by success and delivered again after a failure', async () => {
    await publish('market-data-ingested', { month: 4 });
    await publish('market-data-ingested', { refuse: true });
    const first = [await told(), await told()].map((body) => JSON.stringify(body)).sort();
    assert.deepEqual(
      first,
      [
        event(2, { month: 4 }, 'rank', 'market-data-ingested'),
        event(3, { refuse: true }, 'rank', 'market-data-ingested'),
      ].map((body) => JSON.stringify(body)),
    );
    // Only the refused one comes back; an emulator that ignored the 204 would bring both.
    assert.deepEqual(await told(), event(3, { refuse: true }, 'rank', 'market-data-ingested'));
    assert.equal(recorder.requests.length, 4);
  }).timeout(30_000);

  it('finds topics and subscriptions gone after the emulator was killed, until they are made', async () => {
    const { pubsub } = emulators;
    const before = pubsub.pid();
    await pubsub.kill();
    await assert.rejects(publish('monthly-run-requested', {}), { message: /fetch failed/ });
    await pubsub.restart();
    assert.notEqual(pubsub.pid(), before);
    await assert.rejects(publish('monthly-run-requested', {}), { message: /answered 404/ });
    await create();
    await publish('monthly-run-requested', { month: 5 });
    assert.deepEqual(await told(), event(1, { month: 5 }, 'ingest', 'monthly-run-requested'));
  }).timeout(120_000);

  it('works with a Firestore and a bucket that restart on their ports', async () => {
    const { firestore, storage } = emulators;
    const answer = async ({ host }: Emulator, path: string): Promise<number> =>
      (await fetch(`http://${host}${path}`)).status;
    await createBucket(storage.host, PROJECT, 'kept');
    for (const emulator of [firestore, storage]) {
      await emulator.kill();
      await assert.rejects(answer(emulator, '/'), { message: /fetch failed/ });
      await emulator.restart();
    }
    assert.equal(await answer(firestore, '/'), 200);
    assert.equal(await answer(storage, '/storage/v1/b/kept'), 200);
  }).timeout(120_000);
});
