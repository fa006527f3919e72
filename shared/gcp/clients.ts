import { Firestore } from '@google-cloud/firestore';
import { PubSub } from '@google-cloud/pubsub';
import { type Bucket, Storage } from '@google-cloud/storage';
import type { CloudConfig } from './config.js';

export interface CloudClients {
  readonly pubsub: PubSub;
  readonly bucket: Bucket;
  readonly firestore: Firestore;
  /** Ends their connections; a function never does, a test must. */
  readonly close: () => Promise<void>;
}

/** Unset, a request whose answer is lost would wait until the function is ended. */
const STORAGE_TIMEOUT_MILLISECONDS = 60_000;

/**
 * The clients of one deployment. Connects nowhere: credentials and connections come with the first
 * request. Firestore keeps its gRPC transport; README.md has the measurements.
 */
export const openClients = ({
  project,
  firestoreDatabase,
  pipeline,
}: CloudConfig): CloudClients => {
  const pubsub = new PubSub({ projectId: project });
  const firestore = new Firestore({ projectId: project, databaseId: firestoreDatabase });
  return {
    pubsub,
    firestore,
    bucket: new Storage({ projectId: project, timeout: STORAGE_TIMEOUT_MILLISECONDS }).bucket(
      pipeline.bucket,
    ),
    close: async () => {
      await Promise.all([pubsub.close(), firestore.terminate()]);
    },
  };
};
