import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createBucket } from '../../deploy/emulators/create-bucket.js';
import { createTopology, type Delivery } from '../../deploy/emulators/create-topology.js';
import { type FunctionsServer, serveFunctions } from '../../deploy/emulators/serve-functions.js';
import { temporaryFolder } from '../support/cli.js';
import { describeWithEmulators } from './emulator.js';
import { openWire, type Wire } from './support/google-clients.js';

const VERSION = '2026-03-13-core_major';
const REQUEST = { as_of_date: '2026-03-13', allow_stale: true };
const SUBSCRIPTION = 'downstream';

interface Trouble {
  readonly wire: Wire;
  readonly functions: FunctionsServer;
  /** The lines that the functions have logged for one stage, as JSON. */
  readonly linesOf: (stage: string) => readonly Record<string, unknown>[];
}

/** The functions with something wrong in them, in a project of their own on the same emulators. */
const describeTrouble = (
  title: string,
  trouble: string,
  delivery: Partial<Delivery>,
  body: (open: () => Trouble) => void,
): void =>
  describeWithEmulators(title, () => {
    const project = `trouble-${trouble}`;
    const bucket = `trouble-${trouble}`;
    const folder = temporaryFolder();
    let opened: Trouble | undefined;

    before(async function () {
      this.timeout(120_000);
      const logFile = join(folder(), 'functions.log');
      const functions = await serveFunctions({
        modulePath: resolve(import.meta.dirname, 'support/faulty-functions.mjs'),
        variables: {
          GOOGLE_CLOUD_PROJECT: project,
          BUCKET: bucket,
          TROUBLE: trouble,
          TROUBLE_MARK: join(folder(), 'mark'),
        },
        logFile,
      });
      await createBucket(new URL(process.env.STORAGE_EMULATOR_HOST ?? '').host, project, bucket);
      await createTopology({
        pubsubHost: process.env.PUBSUB_EMULATOR_HOST ?? '',
        projectId: project,
        functionsUrl: functions.url,
        delivery: { minimumBackoffSeconds: 1, maximumBackoffSeconds: 1, ...delivery },
      });
      const wire = openWire(project, bucket);
      await wire.listen('live-pool-published', SUBSCRIPTION);
      const linesOf = (stage: string) =>
        readFileSync(logFile, 'utf8')
          .split('\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line))
          .filter((line) => line.stage === stage);
      opened = { wire, functions, linesOf };
    });
    after(async () => {
      await opened?.wire.close();
      await opened?.functions.close();
    });

    body(() => {
      if (opened === undefined) throw new Error('The functions are not served.');
      return opened;
    });
  });

const publishedVersion = async (wire: Wire): Promise<string> => {
  const { data } = await wire.next(SUBSCRIPTION);
  return JSON.parse(data.toString('utf8')).payload.version;
};

const FEWEST = { maximumAttempts: 5 };

describeTrouble('a process that dies once, between write and publish', 'crashing', {}, (open) => {
  it('is replaced, gets its message again, and publishes the month once', async () => {
    const { wire, functions } = open();
    const pid = functions.pid();
    await wire.publish('monthly-run-requested', REQUEST);
    assert.equal(await publishedVersion(wire), VERSION);
    assert.notEqual(functions.pid(), pid, 'the process has not died');
    assert.deepEqual(await wire.ledger(), [[1, VERSION, 'publish']]);
  }).timeout(120_000);
});

// The fewest that Pub/Sub allows: its emulator, too, waits between them.
describeTrouble('a message that no attempt can finish', 'poisoned', FEWEST, (open) => {
  it('is delivered for the allowed number of attempts, then dead-lettered by Pub/Sub', async () => {
    const { wire, linesOf } = open();
    await wire.publish('monthly-run-requested', REQUEST);
    const { attributes, data } = await wire.next('rank-dead-letter');
    assert.equal(attributes.CloudPubSubDeadLetterSourceDeliveryCount, '5');
    assert.equal(attributes.CloudPubSubDeadLetterSourceSubscription, 'rank');
    assert.equal(JSON.parse(data.toString('utf8')).payload.version, VERSION);

    const lines = linesOf('rank');
    assert.deepEqual(
      lines.map(({ outcome, code }) => [outcome, code]),
      Array.from({ length: 5 }, () => ['will_be_delivered_again', 'unavailable']),
    );
    assert.deepEqual(await wire.ledger(), []);
    assert.equal(await wire.document(), undefined);
  }).timeout(120_000);
});

describeTrouble('a function slower than its deadline', 'slow', {}, (open) => {
  it('runs twice at once, and the month is published as if it had run once', async () => {
    const { wire, linesOf } = open();
    // The shortest that Pub/Sub has; the others keep theirs, or a busy machine makes all of them
    // slower than it, and each other slower still.
    await wire.setDeadline('rank', 10);
    await wire.publish('monthly-run-requested', REQUEST);
    // Whichever ends second finds everything done, and says what the first one has said.
    const [first, second] = [await wire.next(SUBSCRIPTION), await wire.next(SUBSCRIPTION)];
    assert.equal(JSON.parse(first.data.toString('utf8')).payload.version, VERSION);
    assert.deepEqual(second.data, first.data);
    assert.deepEqual(await wire.ledger(), [[1, VERSION, 'publish']]);
    const ranked = Object.keys(await wire.objects()).filter((key) =>
      key.startsWith('events/pool-ranked/'),
    );
    assert.equal(ranked.length, 1, 'both runs say the same');
    const lines = linesOf('rank');
    // The first run waits for the second one; a third is the machine's doing.
    assert.ok(lines.length >= 2, `rank has run ${lines.length} times`);
    assert.deepEqual(new Set(lines.map(({ severity }) => severity)), new Set(['INFO']));
    assert.equal(new Set(lines.map(({ message_id }) => message_id)).size, 1);
  }).timeout(120_000);
});
