import { Firestore } from '@google-cloud/firestore';
import { PubSub } from '@google-cloud/pubsub';
import { type Bucket, Storage } from '@google-cloud/storage';
import type { CloudConfig } from './config.js';
import { BOUNDS, type Bounds } from './timeouts.js';

type Keepalive = Pick<Bounds, 'keepalive' | 'keepaliveTimeout'>;

/**
 * Without keepalive, gRPC stays on a connection that has gone mute for as long as the process lives.
 * Only calls are watched: many servers take pings without calls for abuse, and a function that is
 * idle has no CPU to send them. The first call after an idle time pings at once instead.
 */
const channelOptions = ({ keepalive, keepaliveTimeout }: Keepalive) => ({
  'grpc.keepalive_time_ms': keepalive,
  'grpc.keepalive_timeout_ms': keepaliveTimeout,
  'grpc.keepalive_permit_without_calls': 0,
  // By default clients with equal options share connections: one that is opened anew would be given
  // the dead connection of its predecessor.
  'grpc.use_local_subchannel_pool': 1,
});

/** Connects nowhere: credentials and connections come with the first request. */
export const openPubsub = (
  { project }: Pick<CloudConfig, 'project'>,
  bounds: Keepalive = BOUNDS,
): PubSub => {
  const options = { projectId: project, ...channelOptions(bounds) };
  return new PubSub(options);
};

/** Firestore keeps its gRPC transport; README.md has the measurements. */
export const openFirestore = (
  { project, firestoreDatabase }: Pick<CloudConfig, 'project' | 'firestoreDatabase'>,
  bounds: Keepalive = BOUNDS,
): Firestore =>
  new Firestore({
    projectId: project,
    databaseId: firestoreDatabase,
    ...channelOptions(bounds),
  });

/**
 * Whether requests to Cloud Storage take over the connections of earlier ones. Those of a function
 * can die while its instance is frozen, and each try would take over another dead one. Google's own
 * client turns this off in Cloud Functions (`forever: false`), but recognises only the first
 * generation, and Node 19 and newer keep such connections all the same. So the header says it.
 */
export type StorageConnections = 'kept' | 'one per request';

export const openBucket = (
  { project, pipeline }: Pick<CloudConfig, 'project' | 'pipeline'>,
  connections: StorageConnections,
  { objectRequest }: Pick<Bounds, 'objectRequest'> = BOUNDS,
): Bucket => {
  // Version 7 of the client ends a request after this time; version 8 leaves that to the adapter.
  const storage = new Storage({ projectId: project, timeout: objectRequest });
  if (connections === 'one per request')
    storage.interceptors.push({
      request: (options) => ({
        ...options,
        uri: 'uri' in options ? options.uri : options.url,
        headers: { ...options.headers, connection: 'close' },
      }),
    });
  return storage.bucket(pipeline.bucket);
};
