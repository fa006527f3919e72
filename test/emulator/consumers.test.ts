import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Firestore } from '@google-cloud/firestore';
import { PubSub, type Subscription } from '@google-cloud/pubsub';
import { Storage } from '@google-cloud/storage';
import { createBucket } from '../../deploy/emulators/create-bucket.js';
import {
  type DeadLetter,
  type DeliveryResult,
  memorySequence,
  onLivePoolPublished,
  type Publication,
} from '../../shared/client/index.js';
import type { PositiveInteger } from '../../shared/codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS, DEFAULTS } from '../../shared/contract/constants.js';
import { firestoreDocument } from '../../shared/contract/firestore-document.js';
import type { Release } from '../../shared/contract/release.js';
import { addDays, dayOf, isoDay } from '../../shared/day.js';
import { published, uriOf } from '../shared/client/published-releases.js';
import { temporaryFolder } from '../support/cli.js';
import { handMadeRelease } from '../support/hand-made-release.js';
import { describeWithPython, PYTHON_CLIENT } from '../support/python.js';
import { describeWithEmulators } from './emulator.js';
import { downloaded } from './support/downloaded.js';

const folder = resolve(import.meta.dirname, 'consumers');
/** How each example is run. */
const EXAMPLES = {
  TypeScript: [process.execPath, '--import', 'tsx', resolve(folder, 'consumer.ts')],
  Python: ['python3', resolve(folder, 'consumer.py')],
} as const;

/** An example at work: what it has said so far, and its end. */
interface Running {
  readonly child: ChildProcess;
  readonly complained: (about: RegExp) => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string }>;
}

const startExample = (
  language: keyof typeof EXAMPLES,
  project: string,
  words: readonly string[],
): Running => {
  const [command, ...first] = EXAMPLES[language];
  const child = spawn(command, [...first, ...words], {
    env: {
      ...process.env,
      GOOGLE_CLOUD_PROJECT: project,
      PYTHONPATH: PYTHON_CLIENT,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  const ended = new Promise<{ readonly code: number | null; readonly stdout: string }>(
    (resolveRun, reject) => {
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolveRun({ code, stdout }) : reject(new Error(`${code}: ${stderr}`)),
      );
    },
  );
  const heard: (() => void)[] = [];
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
    for (const listener of heard) listener();
  });
  const complaint = (about: RegExp): Promise<void> =>
    new Promise((resolveComplaint) => {
      const look = (): void => {
        if (about.test(stderr)) resolveComplaint();
      };
      heard.push(look);
      look();
    });
  return {
    child,
    ended,
    // A process that has ended will not complain any more.
    complained: (about) => Promise.race([complaint(about), ended.then(() => undefined)]),
  };
};

const TOPIC = 'live-pool-published';

/** A project of its own on the emulators, in which releases are published without the pipeline. */
const openDownstream = async () => {
  const project = `downstream-${randomUUID()}`;
  await createBucket(new URL(process.env.STORAGE_EMULATOR_HOST ?? '').host, project, project);
  const pubsub = new PubSub({ projectId: project });
  const firestore = new Firestore({ projectId: project });
  const bucket = new Storage({ projectId: project }).bucket(project);
  const [topic] = await pubsub.createTopic(TOPIC);
  const pathOf = (release: Release, file: string): string =>
    uriOf(release, file, project).slice(`gs://${project}/`.length);

  const put = async (release: Release): Promise<void> => {
    for (const name of ARTIFACTS) {
      const file = ARTIFACT_FILE[name];
      await bucket.file(pathOf(release, file)).save(Buffer.from(release.files[file]));
    }
  };
  const say = async (release: Release, seq: number): Promise<void> => {
    const data = Buffer.from(published(release, seq, {}, project));
    await topic.publishMessage({ data });
  };
  return {
    project,
    say,
    /** Writes release and document, and says so. */
    publish: async (release: Release, seq: number): Promise<void> => {
      await put(release);
      const at = { bucket: project, rootPrefix: DEFAULTS.rootPrefix };
      await firestore
        .collection(DEFAULTS.firestoreCollection)
        .doc(DEFAULTS.firestoreDocument)
        .set(firestoreDocument(release, at, seq as PositiveInteger));
      await say(release, seq);
    },
    /** A release of which one byte has changed since it was sealed, and word of it. */
    tamper: async (release: Release, seq: number): Promise<void> => {
      await put(release);
      const text = Buffer.from(release.files['live_pool.json']).toString('utf8');
      await bucket.file(pathOf(release, 'live_pool.json')).save(text.replace('TRX', 'SOL'));
      await say(release, seq);
    },
    subscribe: async (name: string): Promise<Subscription> =>
      (await topic.createSubscription(name))[0],
    read: async (uri: string): Promise<Uint8Array | undefined> => {
      const file = bucket.file(uri.slice(`gs://${project}/`.length));
      return (await file.exists())[0] ? downloaded(file) : undefined;
    },
    close: async (): Promise<void> => {
      await pubsub.close();
      await firestore.terminate();
    },
  };
};
type Downstream = Awaited<ReturnType<typeof openDownstream>>;

// The examples read the machine's clock, so the releases are of the last days.
const today = dayOf(new Date());
const [older, newer, newest] = [3, 2, 1].map((days) =>
  handMadeRelease(isoDay(addDays(today, -days))),
);
assert.ok(older && newer && newest);
const POOL = 'TRXUSDT ETHUSDT BCHUSDT NEARUSDT LTCUSDT';

describeWithEmulators('what downstream picks up', () => {
  const folder = temporaryFolder();
  let downstream: Downstream;
  beforeEach(async () => {
    downstream = await openDownstream();
  });
  afterEach(() => downstream.close());

  const describeExample = (language: keyof typeof EXAMPLES): void => {
    it(`the ${language} example prints the pool that was published, in its order`, async () => {
      await downstream.subscribe('once');
      const words = ['once', join(folder(), language, 'once')];
      const example = startExample(language, downstream.project, words);
      await downstream.publish(newer, 1);
      assert.equal((await example.ended).stdout, `1 fresh_upstream ${POOL}\n`);
    }).timeout(90_000);

    it(`the ${language} example receives nothing else`, async () => {
      await downstream.subscribe('twice');
      const words = ['twice', join(folder(), language, 'twice')];
      await downstream.publish(newer, 2);
      await startExample(language, downstream.project, words).ended;
      const example = startExample(language, downstream.project, words);
      await downstream.say(newer, 2);
      await downstream.say(older, 1);
      await downstream.tamper(older, 3);
      await example.complained(/live_pool\.json: expected SHA-256/);
      await downstream.publish(newest, 4);
      assert.equal((await example.ended).stdout, `4 fresh_upstream ${POOL}\n`);
    }).timeout(120_000);
  };

  describeExample('TypeScript');
  describeWithPython('with python3', () => describeExample('Python'));

  it('a duplicate, an old event and a tampered artifact do not reach the handler', async () => {
    const subscription = await downstream.subscribe('client');
    const handled: Publication[] = [];
    const letters: DeadLetter[] = [];
    const settled: DeliveryResult[] = [];
    let heard = (): void => undefined;
    const count = (expected: number): Promise<void> =>
      new Promise((resolve) => {
        heard = () => {
          if (settled.length >= expected) resolve();
        };
        heard();
      });
    const listening = onLivePoolPublished(
      subscription,
      (publication) => {
        handled.push(publication);
      },
      {
        readObject: downstream.read,
        sequence: memorySequence(),
        deadLetter: async (letter) => {
          letters.push(letter);
        },
        report: (one) => {
          settled.push(one);
          heard();
        },
      },
    );
    await downstream.publish(newer, 2);
    await count(1);
    await downstream.say(newer, 2);
    await downstream.say(older, 1);
    await downstream.tamper(older, 3);
    await count(4);
    await downstream.publish(newest, 4);
    await count(5);
    await listening.stop();
    await subscription.close();

    assert.deepEqual(settled.map(({ promotionSeq, outcome }) => [promotionSeq, outcome]).sort(), [
      [1, 'dropped'],
      [2, 'dropped'],
      [2, 'handled'],
      [3, 'dead_letter'],
      [4, 'handled'],
    ]);
    assert.deepEqual(
      handled.map(({ event }) => event.payload.version),
      [newer.version, newest.version],
    );
    assert.match(String(letters[0]?.reason), /live_pool\.json: expected SHA-256/);
  }).timeout(120_000);
});
