import { type Bucket, Storage } from '@google-cloud/storage';
import { fakeStorageServer } from '../../deploy/emulators/storage/fake-server.js';

export interface OpenedBucket {
  readonly bucket: Bucket;
  readonly close: () => Promise<void>;
}

/** A new, empty bucket of a storage stand-in of its own. */
export const openBucket = async (): Promise<OpenedBucket> => {
  const standIn = fakeStorageServer();
  const storage = new Storage({ projectId: 'demo', apiEndpoint: await standIn.listen() });
  const [bucket] = await storage.createBucket('demo-bucket');
  return { bucket, close: standIn.close };
};
