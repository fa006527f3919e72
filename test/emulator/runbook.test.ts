import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Firestore } from '@google-cloud/firestore';
import { PubSub } from '@google-cloud/pubsub';
import { type Bucket, Storage } from '@google-cloud/storage';
import { createBucket } from '../../deploy/emulators/create-bucket.js';
import { createTopology } from '../../deploy/emulators/create-topology.js';
import { type FunctionsServer, serveFunctions } from '../../deploy/emulators/serve-functions.js';
import { DEFAULTS } from '../../shared/contract/constants.js';
import { pubsubDeadLetters } from '../../shared/gcp/dead-letters.js';
import type { FunctionName } from '../../shared/topology.js';
import { temporaryFolder } from '../support/cli.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { describeWithEmulators } from './emulator.js';
import { downloaded } from './support/downloaded.js';
import { openWire, type Wire } from './support/google-clients.js';
import {
  commandsOf,
  isExecuted,
  isPasted,
  nameOf,
  runbookText,
  sectionsOf,
} from './support/runbook-document.js';
import { openShell, type Shell } from './support/runbook-shell.js';

const DOCUMENT = `${DEFAULTS.firestoreCollection}/${DEFAULTS.firestoreDocument}`;
const DECEMBER = '2025-12-31-core_major';
const JANUARY = '2026-01-31-core_major';
const FEBRUARY = '2026-02-28-core_major';
const MARCH = '2026-03-13-core_major';
/** The last that is published here. */
const LAST = '2026-05-11-core_major';
const place = {
  ...{ PROJECT: 'runbook-test', BUCKET: 'runbook-test', REGION: 'europe-west1' },
  PREFIX: 'live-pool-',
};

/**
 * Executes every section of the runbook in its situation: one deployment from its first release to
 * the loss of its database. The tests depend on each other, in this order.
 */
describeWithEmulators('the runbook', () => {
  const folder = temporaryFolder();
  const sections = sectionsOf(runbookText());
  /** What is pasted first, and defines what the rest calls. */
  const opening = sections.find(({ heading }) => heading === 'Paste this first')?.blocks[0] ?? '';
  const pasted = new Set<string>();
  let world = { now: '2026-01-01T09:00:00Z', trouble: '', config: {} };
  let functions: FunctionsServer;
  let wire: Wire;
  let bucket: Bucket;
  let firestore: Firestore;
  let pubsub: PubSub;
  let letters: ReturnType<typeof pubsubDeadLetters>;
  let shell: Shell;

  const change = (changes: Partial<typeof world>): void => {
    world = { ...world, ...changes };
    writeFileSync(join(folder(), 'world.json'), JSON.stringify(world));
  };
  const fileOf = (uri: string) => bucket.file(uri.slice(`gs://${place.BUCKET}/`.length));
  const below = (key: string) => bucket.file(`${DEFAULTS.rootPrefix}/${key}`);

  /** What of Google's command has no emulator, as far as the runbook needs its answer. */
  const gcloud = async (words: readonly string[]): Promise<string> => {
    const [group, verb, target = ''] = words;
    if (group === 'functions') {
      assert.ok(target.startsWith(place.PREFIX), `There is no function ${target}.`);
      return `${functions.url}/${target.slice(place.PREFIX.length)}`;
    }
    if (group !== 'storage') return '';
    if (verb === 'rm') await fileOf(target).delete();
    if (verb === 'cp') {
      mkdirSync(join(folder(), 'current'));
      for (const file of await filesBelow(target))
        await file.download({ destination: join(folder(), 'current', baseOf(file.name)) });
    }
    if (verb !== 'cat') return '';
    const [before = '', after] = target.split('*');
    const files = after === undefined ? [fileOf(target)] : await filesBelow(before);
    const texts = await Promise.all(files.map(downloaded));
    return Buffer.concat(texts).toString('utf8');
  };
  const baseOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
  const filesBelow = async (uri: string) =>
    (await bucket.getFiles({ prefix: uri.slice(`gs://${place.BUCKET}/`.length) }))[0];

  /** Firestore's REST API, where the emulator has it. */
  const curl = async (words: readonly string[]): Promise<string> => {
    const url = new URL(String(words.at(-1)));
    url.protocol = 'http:';
    url.host = process.env.FIRESTORE_EMULATOR_HOST ?? '';
    const method = String(words[words.indexOf('-X') + 1]);
    const answer = await fetch(url, { method, headers: { authorization: 'Bearer owner' } });
    assert.ok(answer.ok, await answer.text());
    return '';
  };

  const notStarted = (block: string, started: Shell['started']): readonly string[] => {
    const lines = started.map((words) => words.join(' '));
    return commandsOf(block)
      .filter(isExecuted)
      .filter((command) => {
        const name = nameOf(command).replace(/^pool/, 'npx live-pool');
        return !lines.some((words) => `${words} `.startsWith(`${name} `));
      });
  };

  /**
   * Pastes the section's blocks one after the other, and demands that each of our commands in it
   * was started. `between` says what happens in the world after which block.
   */
  const follow = async (
    heading: string,
    values: Readonly<Record<string, string>> = {},
    between: Readonly<Record<number, () => Promise<unknown>>> = {},
  ): Promise<readonly string[]> => {
    const section = sections.find((one) => one.heading === heading);
    assert.ok(section, `There is no section ${heading}.`);
    const outputs: string[] = [];
    for (const block of section.blocks.filter((one) => isPasted(one) && one !== opening)) {
      const before = shell.started.length;
      outputs.push(await shell.paste(block, values));
      pasted.add(block);
      assert.deepEqual(notStarted(block, shell.started.slice(before)), [], heading);
      await between[outputs.length]?.();
    }
    return outputs;
  };
  /** What the section's last block shows, which is how one knows that it is over. */
  const over = async (...given: Parameters<typeof follow>): Promise<string> =>
    (await follow(...given)).at(-1) ?? '';
  const demandSeen = (text: string, version: string, seq: number): void => {
    assert.match(text, new RegExp(`readers see +${version}, promotion ${seq}$`, 'm'));
    assert.doesNotMatch(text, /DISAGREES|STALE/);
  };

  /** Waits until a message of the function is dead-lettered; answers with its id. */
  const deadLettered = async (name: FunctionName): Promise<string> => {
    for (;;) {
      const [letter] = getOrThrow(await letters.peek([name])());
      if (letter !== undefined) return letter.id;
      await pause(100);
    }
  };

  before(async function () {
    this.timeout(120_000);
    change({});
    functions = await serveFunctions({
      modulePath: resolve(import.meta.dirname, 'support/runbook-functions.mjs'),
      variables: {
        GOOGLE_CLOUD_PROJECT: place.PROJECT,
        BUCKET: place.BUCKET,
        RUNBOOK_WORLD: join(folder(), 'world.json'),
      },
      logFile: join(folder(), 'functions.log'),
    });
    const { PUBSUB_EMULATOR_HOST: pubsubHost = '', STORAGE_EMULATOR_HOST = '' } = process.env;
    await createBucket(new URL(STORAGE_EMULATOR_HOST).host, place.PROJECT, place.BUCKET);
    await createTopology({
      ...{ pubsubHost, projectId: place.PROJECT, functionsUrl: functions.url },
      prefix: place.PREFIX,
      delivery: { minimumBackoffSeconds: 1, maximumBackoffSeconds: 1, maximumAttempts: 5 },
    });
    bucket = new Storage({ projectId: place.PROJECT }).bucket(place.BUCKET);
    firestore = new Firestore({ projectId: place.PROJECT });
    pubsub = new PubSub({ projectId: place.PROJECT });
    letters = pubsubDeadLetters(pubsub);
    // The shadow history is long, and nothing here is about it.
    await pubsub.subscription(`${place.PREFIX}shadow`).delete();
    wire = openWire(place.PROJECT, place.BUCKET);
    shell = await openShell({
      folder: folder(),
      variables: place,
      opening,
      now: () => world.now,
      answers: {
        ...{ gcloud, curl, terraform: async () => '' },
        sleep: async () => {
          await pause(100);
          return '';
        },
      },
    });
  });
  after(async () => {
    await shell?.close();
    await wire?.close();
    await letters?.close();
    await pubsub?.close();
    await firestore?.terminate();
    await functions?.close();
  });

  it('opens', async () => {
    const [look] = await follow('Paste this first');
    assert.match(look ?? '', /nothing yet[\s\S]*No dead letters\.\n$/);
  }).timeout(60_000);

  it('deploys for the first time', async () => {
    const dry = await over('8. Rehearse');
    assert.match(dry, /nothing yet/);
    const [first, validated] = await follow('9. The first month');
    assert.match(first ?? '', /as promotion 1/);
    demandSeen(first ?? '', DECEMBER, 1);
    assert.match(validated ?? '', /^ok/);
    await follow('10. Hand over');
    getOrThrow(await letters.discard('ingest', await deadLettered('ingest'))());
  }).timeout(60_000);

  it('inspects the month', async () => {
    const [month, why] = await follow('Every month');
    demandSeen(month ?? '', DECEMBER, 1);
    assert.match(month ?? '', /complete and its checksums match\nok: 1 entries.*\nNo dead letters/);
    assert.match(why ?? '', /report\.html/);
    // The exchange goes down; by the time that a later test looks, ingest has given up.
    change({ trouble: '2026-02-28' });
    await wire.publish('monthly-run-requested', { as_of_date: '2026-02-28' });
  }).timeout(60_000);

  it('requests the month that Cloud Scheduler did not request', async () => {
    change({ now: '2026-02-01T09:00:00Z' });
    demandSeen(await over('scheduler'), JANUARY, 2);
    demandSeen(await over('silence'), JANUARY, 2);
  }).timeout(60_000);

  it('waits for an exchange that is down, and runs a late month', async () => {
    change({ now: '2026-03-01T09:00:00Z' });
    for (const alarm of ['error_rate', 'retries', 'server_errors'])
      demandSeen(await over(alarm), JANUARY, 2);
    const MESSAGE_ID = await deadLettered('ingest');
    change({ now: '2026-03-06T09:00:00Z', trouble: '' });
    const [late, asked] = await follow('release_age_33');
    assert.match(late ?? '', /age +34 days/);
    demandSeen(asked ?? '', FEBRUARY, 3);
    // Asking again finds the same run.
    const done = await over('The exchange was down', { MESSAGE_ID });
    demandSeen(done, FEBRUARY, 3);
    assert.match(done, /No dead letters/);
    demandSeen(await over('release_age_40'), FEBRUARY, 3);
  }).timeout(120_000);

  it('detaches functions from their topics, and attaches them again', async () => {
    change({ now: '2026-03-14T09:00:00Z' });
    const endpoints = async (): Promise<readonly unknown[]> => {
      const names = ['promote', 'sync-firestore'].map((name) => `${place.PREFIX}${name}`);
      const found = await Promise.all(names.map((name) => pubsub.subscription(name).getMetadata()));
      return found.map(([{ pushConfig }]) => pushConfig?.pushEndpoint ?? '');
    };
    const as = await endpoints();
    const listed = await over('Stopping everything');
    assert.deepEqual(await endpoints(), ['', '']);
    assert.match(listed, /^live-pool-promote\s*$/m);
    demandSeen(await over('Resuming'), FEBRUARY, 3);
    assert.deepEqual(await endpoints(), as);
    demandSeen(await over('backlog'), FEBRUARY, 3);
  }).timeout(120_000);

  it('publishes dead-lettered messages again', async () => {
    change({ trouble: 'rank' });
    await wire.publish('monthly-run-requested', { as_of_date: '2026-03-13' });
    const MESSAGE_ID = await deadLettered('rank');
    const letter = { MESSAGE_ID, FUNCTION: 'rank', VERSION: MARCH };
    const outputs = await follow(
      'dead_letters',
      { ...letter, TOPIC: 'market-data-ingested', ORIGINAL_ID: '1' },
      { 1: async () => change({ trouble: '' }) },
    );
    assert.match(outputs[0] ?? '', /"reason": "The ranker has a bug/);
    demandSeen(outputs.at(-1) ?? '', MARCH, 4);
    assert.match(outputs.at(-1) ?? '', /No dead letters/);
  }).timeout(60_000);

  it('rolls back, with live-pool and without it', async () => {
    const [, back] = await follow('Rolling back', {
      ...{ VERSION: FEBRUARY, REASON: 'wrong bars' },
    });
    demandSeen(back ?? '', FEBRUARY, 5);
    assert.match(back ?? '', /rollback/);

    await follow(
      'Without the live-pool command',
      { VERSION: MARCH, REASON: 'they were right' },
      // "It takes a few seconds."
      { 1: () => shell.paste(`until pool status | grep -q ${MARCH}; do sleep 1; done`) },
    );
    demandSeen(await shell.paste('pool status'), MARCH, 6);
  }).timeout(60_000);

  it('restates an old pool under a new date', async () => {
    change({ now: '2026-04-27T09:00:00Z' });
    assert.match(await shell.paste('pool status'), /age +45 days/);
    const restated = await over('release_age_44', { DAY: '2026-04-26' });
    demandSeen(restated, '2026-04-26-core_major', 7);

    const old = { VERSION: MARCH, DAY: '2026-05-10', REASON: 'wrong bars' };
    change({ now: '2026-05-11T09:00:00Z' });
    const again = await over('Too old to roll back to', old);
    demandSeen(again, '2026-05-10-core_major', 8);
    assert.match(again, /complete and its checksums match/);

    const SOURCE_REVISION = 'c0ffee'.padEnd(40, '0');
    change({ now: '2026-05-12T09:00:00Z' });
    const named = await over('A release names the wrong commit', {
      ...{ DAY: '2026-05-11', SOURCE_REVISION },
    });
    assert.equal(named.trim(), SOURCE_REVISION);
    await shell.paste('unset SOURCE_REVISION');
  }).timeout(60_000);

  it('repairs what was changed by hand', async () => {
    const tamper = () => below('current/live_pool.json').save('{}', { resumable: false });
    await tamper();
    await firestore.doc(DOCUMENT).update({ pool_size: 4 });
    assert.match(await shell.paste('pool status'), /DISAGREES[\s\S]*DISAGREES/);
    const [planned, first, , last] = await follow(
      'The published state was changed',
      { OBJECT: 'current/live_pool.json' },
      {
        2: () => firestore.doc(DOCUMENT).update({ promotion_seq: 99 }),
        3: () =>
          below('current/live_pool.json').save('{}', {
            ...{ resumable: false, metadata: { metadata: { promotion_seq: '99' } } },
          }),
      },
    );
    assert.match(planned ?? '', /Would repair:\n.*live_pool\.json\n.*strategy/);
    demandSeen(first ?? '', LAST, 9);
    assert.match(last ?? '', /Repaired:\n.*live_pool\.json/);
    demandSeen(await shell.paste('pool status'), LAST, 9);
  }).timeout(60_000);

  it('restores an object', async () => {
    const key = `releases/${MARCH}/live_pool.json`;
    const bytes = await downloaded(below(key));
    assert.match(await shell.paste(`pool release verify ${MARCH}`), /^ok/);
    await below(key).delete();
    await assert.rejects(shell.paste(`pool release verify ${MARCH}`), /live_pool\.json/);
    const section = sections.find((one) => one.heading === 'An object was deleted or overwritten');
    const [broken = '', whole = ''] = section?.blocks.filter(isPasted) ?? [];
    const values = { VERSION: MARCH };
    await assert.rejects(shell.paste(broken, values), /Exit code 3/);
    // As `gcloud storage cp` of an earlier generation does; the stand-in keeps none.
    await below(key).save(bytes, { resumable: false });
    const answer = await shell.paste(`export VERSION=${MARCH}\n${whole}`);
    assert.match(answer, /^ok.*\ncurrent\/ and the document match the ledger/);
    for (const block of [broken, whole]) pasted.add(block);
  }).timeout(60_000);

  it('deploys an earlier version', async () => {
    // The month that there are bars of.
    change({ now: '2026-03-01T09:00:00Z' });
    assert.match(
      await over('Deploying an earlier version'),
      /readers see +2026-05-11-core_major, promotion 9\n/,
    );
    change({ now: '2026-05-12T09:00:00Z' });
  }).timeout(60_000);

  it('rebuilds the ledger from the bucket alone', async () => {
    const stateOf = async () => {
      const { known, revoked, frontier, head } =
        (await firestore.doc('live_pool_control/promotion').get()).data() ?? {};
      return { known, revoked, frontier, seq: head.seq, version: head.version };
    };
    const [state, ledger, document] = [await stateOf(), await wire.ledger(), await wire.document()];
    const seen = await wire.objects();
    for (const { id } of await firestore.listCollections())
      await firestore.recursiveDelete(firestore.collection(id));

    // In this state of things months must not run, and promote must not mind old releases.
    await follow('Firestore is lost');
    const outputs = await follow(
      'From the bucket alone',
      {},
      {
        1: async () => {
          change({ config: { maxAgeDays: 9999 } });
        },
        3: async () => {
          change({ config: {} });
        },
      },
    );
    assert.equal(outputs[0]?.trim().split('\n').length, 9);
    demandSeen(outputs.at(-1) ?? '', LAST, 9);
    assert.match(outputs.at(-1) ?? '', /ok: 9 entries/);
    assert.deepEqual([await stateOf(), await wire.ledger()], [state, ledger]);
    assert.deepEqual(await wire.document(), document);
    const kept = await wire.objects();
    assert.deepEqual({ ...kept, ...seen }, kept, 'an object has changed');
  }).timeout(120_000);

  it('has executed every command of live-pool', () => {
    const missed = sections.flatMap(({ heading, blocks }) =>
      blocks
        .filter((block) => isPasted(block) && block !== opening && !pasted.has(block))
        .flatMap((block) => commandsOf(block).filter(isExecuted))
        .map((command) => `${heading}: ${command}`),
    );
    assert.deepEqual([...missed, ...notStarted(opening, shell.started)], []);
  });
});
