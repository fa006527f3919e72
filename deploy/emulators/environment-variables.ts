import type { Revision } from '../../shared/codec/primitives.js';
import type { Emulators } from './start-emulators.js';

export interface Project {
  readonly projectId: string;
  readonly bucket: string;
}

/**
 * The variables by which the functions, Google's clients and the command find the emulators.
 * SOURCE_REVISION is unset if the commit is unknown.
 */
export const variablesOf = (
  { pubsub, firestore, storage }: Pick<Emulators, 'pubsub' | 'firestore' | 'storage'>,
  { projectId, bucket }: Project,
  sourceRevision: Revision | undefined,
): Readonly<Record<string, string>> => ({
  GOOGLE_CLOUD_PROJECT: projectId,
  PUBSUB_EMULATOR_HOST: pubsub.host,
  FIRESTORE_EMULATOR_HOST: firestore.host,
  STORAGE_EMULATOR_HOST: `http://${storage.host}`,
  // Outside Google Cloud the clients would wait for a metadata server.
  METADATA_SERVER_DETECTION: 'none',
  BUCKET: bucket,
  MARKET_DATA_SOURCE: 'demo',
  ...(sourceRevision === undefined ? {} : { SOURCE_REVISION: sourceRevision }),
});
