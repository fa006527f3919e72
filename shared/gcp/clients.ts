import { Firestore } from '@google-cloud/firestore';
import { PubSub } from '@google-cloud/pubsub';
import { type Bucket, Storage } from '@google-cloud/storage';
import type { CloudConfig } from './config.js';
import { BOUNDS, type Bounds } from './timeouts.js';

type Keepalive = Pick<Bounds, 'keepalive' | 'keepaliveTimeout'>;

/**
 * Without keepalive, gRPC keeps using an unresponsive connection as long as the process lives.
 * Pings are sent only during calls: many servers treat pings without calls as abuse, and an idle
 * function has no CPU to send them. The first call after an idle period pings immediately instead.
 */
const channelOptions = ({ keepalive, keepaliveTimeout }: Keepalive) => ({
  'grpc.keepalive_time_ms': keepalive,
  'grpc.keepalive_timeout_ms': keepaliveTimeout,
  'grpc.keepalive_permit_without_calls': 0,
  // By default, clients with equal options share connections, so a new client would receive the
  // dead connection of its predecessor.
  'grpc.use_local_subchannel_pool': 1,
});

/** Opens no connection: the first request loads credentials and connects. */
export const openPubsub = (
  { project }: Pick<CloudConfig, 'project'>,
  bounds: Keepalive = BOUNDS,
): PubSub => {
  const options = { projectId: project, ...channelOptions(bounds) };
  return new PubSub(options);
};

/** Firestore uses gRPC, not REST; README.md has the measurements. */
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
 * Whether requests to Cloud Storage reuse connections. Connections of a function can die while its
 * instance is frozen, and each retry would reuse another dead one. Google's client disables reuse
 * in Cloud Functions (`forever: false`), but detects only the first generation, and Node 19 and
 * newer reuse connections anyway. Therefore a `connection: close` header is sent.
 */
export type StorageConnections = 'kept' | 'one per request';

export const openBucket = (
  { project, pipeline }: Pick<CloudConfig, 'project' | 'pipeline'>,
  connections: StorageConnections,
  { objectRequest }: Pick<Bounds, 'objectRequest'> = BOUNDS,
): Bucket => {
  // Version 7 of the client applies this timeout to a request; version 8 ignores it.
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
