import type { DocumentStore } from '../ports/document-store.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { Publisher } from '../ports/publisher.js';
import { openBucket, openFirestore, openPubsub, type StorageConnections } from './clients.js';
import type { CloudConfig } from './config.js';
import { firestoreDocumentStore } from './document-store.js';
import { gcsObjectStore } from './object-store.js';
import { pubsubPublisher } from './publisher.js';
import { renewing } from './renewing.js';
import { BOUNDS, type Bounds } from './timeouts.js';

/** The ports that functions and operators share. */
export interface Stores {
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
  /** Closes the clients' connections. Functions never call it; tests must. */
  readonly close: () => Promise<void>;
}

type DeploymentRef = Pick<CloudConfig, 'project' | 'firestoreDatabase' | 'pipeline'>;

const openDocuments = (place: DeploymentRef, bounds: Bounds) =>
  renewing<DocumentStore>(() => {
    const firestore = openFirestore(place, bounds);
    return {
      port: firestoreDocumentStore(firestore, bounds.document),
      close: () => firestore.terminate(),
    };
  });

const openPublisher = (place: DeploymentRef, bounds: Bounds) =>
  renewing<Publisher>(() => {
    const pubsub = openPubsub(place, bounds);
    return { port: pubsubPublisher(pubsub, bounds.publish), close: () => pubsub.close() };
  });

/** Opens no connection: the first request loads credentials and connects. */
export const openStores = (
  place: DeploymentRef,
  connections: StorageConnections,
  bounds: Bounds = BOUNDS,
): Stores => {
  const documents = openDocuments(place, bounds);
  const publisher = openPublisher(place, bounds);
  return {
    objects: gcsObjectStore(
      openBucket(place, connections, bounds),
      place.pipeline.rootPrefix,
      bounds.object,
    ),
    documents: {
      get: (path) => documents.use((store) => store.get(path)),
      create: (path, data) => documents.use((store) => store.create(path, data)),
      list: (collection) => documents.use((store) => store.list(collection)),
      transact: (body) => documents.use((store) => store.transact(body)),
    },
    publisher: {
      publish: (topic, data, attributes) =>
        publisher.use(({ publish }) => publish(topic, data, attributes)),
    },
    close: async () => {
      await Promise.all([documents.close(), publisher.close()]);
    },
  };
};
