import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { type Bucket, Storage } from '@google-cloud/storage';
import { createBucket } from '../../deploy/emulators/create-bucket.js';
import { createTopology } from '../../deploy/emulators/create-topology.js';
import { type FunctionsServer, serveFunctions } from '../../deploy/emulators/serve-functions.js';
import { DEFAULTS } from '../../shared/contract/constants.js';
import { addDays, dayOf, isoDay } from '../../shared/day.js';
import { livePool, temporaryFolder } from '../support/cli.js';
import { describeWithEmulators } from './emulator.js';

const MARCH = '2026-03-13-core_major';
const DOCUMENT = `${DEFAULTS.firestoreCollection}/${DEFAULTS.firestoreDocument}`;
const place = { projectId: 'operator-test', bucket: 'operator-test' };
const REASON = ['--reason', 'the market has moved'];

/**
 * An operator's day at a deployment: one month, and everything that the command can do about it.
 * The tests tell one story, in this order.
 */
describeWithEmulators('live-pool --project', () => {
  const folder = temporaryFolder();
  // A day that has closed, whenever this runs.
  const day = isoDay(addDays(dayOf(new Date()), -1));
  const RESTATED = `${day}-core_major`;
  let functions: FunctionsServer;
  let bucket: Bucket;
  let firestore: Firestore;

  const at = (project: string, bucketName: string) => [
    '--project',
    project,
    '--bucket',
    bucketName,
  ];
  const operate = async (...words: string[]) => {
    const { code, stdout, stderr } = await livePool([
      ...words,
      ...['--format', 'json'],
      ...at(place.projectId, place.bucket),
    ]);
    return { code, stderr, answer: stdout === '' ? undefined : JSON.parse(stdout) };
  };
  const done = async (...words: string[]) => {
    const { code, stderr, answer } = await operate(...words);
    assert.equal(code, 0, stderr);
    return answer;
  };
  const seen = async (): Promise<readonly unknown[]> => {
    const status = await done('status');
    return [
      ...[status.version, status.promotion_seq],
      ...[status.current_consistent, status.document_consistent],
    ];
  };
  const tamper = (key: string): Promise<void> =>
    bucket.file(`${DEFAULTS.rootPrefix}/${key}`).save('{}', { resumable: false });

  before(async function () {
    this.timeout(120_000);
    functions = await serveFunctions({
      // Without the shadow history, which nothing here is about: its messages are dead-lettered.
      modulePath: resolve(import.meta.dirname, 'support/faulty-functions.mjs'),
      variables: { GOOGLE_CLOUD_PROJECT: place.projectId, BUCKET: place.bucket },
      logFile: join(folder(), 'functions.log'),
    });
    const { PUBSUB_EMULATOR_HOST: pubsubHost = '', STORAGE_EMULATOR_HOST = '' } = process.env;
    await createBucket(new URL(STORAGE_EMULATOR_HOST).host, place.projectId, place.bucket);
    await createTopology({
      ...{ pubsubHost, projectId: place.projectId, functionsUrl: functions.url },
      delivery: { minimumBackoffSeconds: 1, maximumBackoffSeconds: 1 },
    });
    bucket = new Storage({ projectId: place.projectId }).bucket(place.bucket);
    firestore = new Firestore({ projectId: place.projectId });
  });
  after(async () => {
    await firestore?.terminate();
    await functions?.close();
  });

  it('names a missing topic or bucket', async () => {
    const [topic, nowhere] = await Promise.all([
      livePool(['reconcile', ...at('operator-nowhere', place.bucket)]),
      livePool(['history', ...at(place.projectId, 'operator-nowhere')]),
    ]);
    assert.deepEqual([topic.code, nowhere.code], [7, 7]);
    assert.match(
      topic.stderr,
      /Could not publish to reconcile-requested: project operator-nowhere/,
    );
    assert.match(
      nowhere.stderr,
      /^error: .* bucket operator-nowhere are not a complete deployment/,
    );
  }).timeout(60_000);

  it('runs the month and follows it to the readers', async () => {
    const { code, stdout, stderr } = await livePool([
      ...['run', '--as-of-date', '2026-03-13', '--allow-stale', '--format', 'json'],
      ...at(place.projectId, place.bucket),
    ]);
    assert.equal(code, 0, stderr);
    const answer = JSON.parse(stdout);
    assert.deepEqual(
      [answer.version, answer.outcome, answer.promotion_seq, answer.symbols.length],
      [MARCH, 'published', 1, 5],
    );
    assert.equal(
      answer.output_dir,
      `gs://${place.bucket}/${DEFAULTS.rootPrefix}/releases/${MARCH}/`,
    );
    assert.deepEqual(
      answer.stages.map(({ name }: { name: string }) => name),
      ['ingest', 'rank', 'materialise', 'promote', 'sync-firestore'],
    );
    assert.match(stderr, /^ingest +seen/);
    assert.deepEqual(await seen(), [MARCH, 1, true, true]);
  }).timeout(120_000);

  it('reports a completed run, and makes a dry run', async () => {
    const run = ['run', '--as-of-date', '2026-03-13', '--allow-stale'];
    const again = await done(...run);
    const dry = await done(...run, '--dry-run');
    const asked = await done('reconcile', '--no-wait');
    assert.deepEqual([again.outcome, again.promotion_seq], ['already_done', 1]);
    assert.deepEqual([dry.outcome, dry.promotion_seq], ['dry_run', null]);
    assert.match(dry.output_dir, /\/scratch\/2026-03-13-core_major-[0-9a-f]{12}\/releases\//);
    assert.deepEqual(asked, { changed: [], requested: true });
  }).timeout(120_000);

  it('restates, and rolls back', async () => {
    const restate = ['restate', '--from', MARCH, '--as-of-date', day, ...REASON];
    const planned = await done(...restate, '--dry-run');
    assert.deepEqual([planned.version, planned.promotion_seq], [RESTATED, 2]);
    assert.deepEqual(await done(...restate), planned);
    const back = await done('rollback', '--to', MARCH, '--reason', 'it has not', '--allow-stale');
    assert.deepEqual(
      [back.from_version, back.version, back.promotion_seq, back.intent],
      [RESTATED, MARCH, 3, 'rollback'],
    );
  }).timeout(120_000);

  it('shows releases, ledger and what readers see', async () => {
    const view = await seen();
    const releases = await done('release', 'list');
    const shown = await done('release', 'show', MARCH);
    const verified = await done('release', 'verify', RESTATED);
    const history = await done('history');
    const chain = await done('history', '--verify');
    assert.deepEqual(view, [MARCH, 3, true, true]);
    assert.deepEqual(
      releases.map((row: Record<string, unknown>) => [row.version, row.current, row.complete]),
      [
        [MARCH, true, true],
        [RESTATED, false, true],
      ],
    );
    assert.equal(shown.promotions.length, 2);
    assert.deepEqual(verified, { version: RESTATED, ok: true, problems: [] });
    assert.deepEqual(
      history.map((row: Record<string, unknown>) => [row.seq, row.version, row.intent]),
      [
        [1, MARCH, 'publish'],
        [2, RESTATED, 'restate'],
        [3, MARCH, 'rollback'],
      ],
    );
    assert.deepEqual(chain, { ok: true, entries: 3, problems: [] });
  }).timeout(120_000);

  it('refuses what the ledger would refuse, without a dead letter', async () => {
    const words = ['rollback', '--to', RESTATED, ...REASON, '--expected-seq', '2'];
    const { code, stderr } = await operate(...words);
    assert.equal(code, 5);
    assert.match(stderr, /expected_seq is 2 but the current promotion is 3/);
  }).timeout(60_000);

  it('reports a rejection by its dead letter, lists it and discards it', async () => {
    await bucket.file(`${DEFAULTS.rootPrefix}/releases/${RESTATED}/latest_ranking.csv`).delete();
    const foreseen = await operate('rollback', '--to', RESTATED, ...REASON);
    assert.equal(foreseen.code, 3, foreseen.stderr);
    assert.match(foreseen.stderr, /^error: releases\/.* missing: latest_ranking\.csv\n$/);
    // A message that has not been looked at before.
    const message = ['--topic', 'release-materialised', '--version', RESTATED];
    const back = ['replay', ...message, '--intent', 'rollback', ...REASON];
    const { code, stderr } = await operate(...back);
    assert.equal(code, 3, stderr);
    assert.match(stderr, /^error: promote: .*latest_ranking\.csv/);
    const advice = /live-pool (dead-letters discard --function promote --message-id \S+) /;
    const [, words = ''] = advice.exec(stderr) ?? [];

    const letters = await done('dead-letters');
    const promote = letters.filter((one: Record<string, unknown>) => one.function === 'promote');
    const [{ message_id, reason, ...facts }] = promote;
    assert.equal(promote.length, 1);
    assert.match(reason, /latest_ranking\.csv/);
    assert.deepEqual(
      [facts.code, facts.event_type, facts.version],
      ['contract-invalid', 'release-materialised', RESTATED],
    );
    assert.match(words, new RegExp(` ${message_id}$`));

    assert.deepEqual(await done(...words.split(' ')), {
      ...{ function: 'promote', message_id, outcome: 'discarded' },
    });
    const left = await done('dead-letters');
    const again = await operate(...words.split(' '));
    assert.deepEqual(
      left.filter((one: Record<string, unknown>) => one.function === 'promote'),
      [],
    );
    assert.equal(again.code, 5);
  }).timeout(120_000);

  it('publishes archived messages again, and reports the results', async () => {
    const replay = (topic: string, version: string) =>
      operate('replay', '--topic', topic, '--version', version);
    const outcomes = [
      await replay('release-materialised', RESTATED),
      await replay('pool-ranked', MARCH),
      await replay('live-pool-published', MARCH),
    ];
    assert.deepEqual(
      outcomes.map(({ code, answer }) => [code, answer.outcome]),
      [
        [5, 'superseded'],
        [5, 'superseded'],
        [0, 'published'],
      ],
    );
  }).timeout(60_000);

  it('repairs what was changed by hand', async () => {
    await tamper('current/live_pool.json');
    await firestore.doc(DOCUMENT).update({ pool_size: 4 });
    const deviating = ['current/live_pool.json', DOCUMENT];
    assert.deepEqual(await done('reconcile', '--dry-run'), { changed: deviating });
    assert.deepEqual(await done('reconcile'), { changed: deviating });
    assert.deepEqual(await seen(), [MARCH, 3, true, true]);
  }).timeout(120_000);
});
