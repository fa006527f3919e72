import { randomUUID } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { PubSub, type Subscription } from '@google-cloud/pubsub';
import { Storage } from '@google-cloud/storage';
import { createBucket } from '../../../deploy/emulators/create-bucket.js';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS, DEFAULTS } from '../../../shared/contract/constants.js';
import { firestoreDocument } from '../../../shared/contract/firestore-document.js';
import type { Release } from '../../../shared/contract/release.js';
import { published, uriOf } from '../../shared/client/published-releases.js';
import { downloaded } from './downloaded.js';

const TOPIC = 'live-pool-published';

/** A project of its own on the emulators, in which releases are published without the pipeline. */
export const openDownstream = async () => {
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
export type Downstream = Awaited<ReturnType<typeof openDownstream>>;
