import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { attempt } from '../attempt.js';
import type { Failure } from '../failure.js';
import type { DeadLetters } from '../ports/dead-letters.js';
import type { DocumentStore } from '../ports/document-store.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { Publisher } from '../ports/publisher.js';
import { openClients } from './clients.js';
import type { CloudConfig } from './config.js';
import { pubsubDeadLetters } from './dead-letters.js';
import { firestoreDocumentStore } from './document-store.js';
import { gcsObjectStore } from './object-store.js';
import { pubsubPublisher } from './publisher.js';

/** What an operator of a deployment needs of Google Cloud. */
export interface OperatorPorts {
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
  readonly deadLetters: DeadLetters;
  /** Fails where there are none, which Cloud Storage alone would take for a stranger's visit. */
  readonly findCredentials: TaskEither<Failure, void>;
  /** Ends the clients' connections; until then the process stays up. */
  readonly close: () => Promise<void>;
}

/** Connects nowhere: credentials and connections come with the first request. */
export const openOperatorPorts = (config: CloudConfig): OperatorPorts => {
  const { bucket, firestore, pubsub, close } = openClients(config);
  const deadLetters = pubsubDeadLetters(pubsub);
  return {
    objects: gcsObjectStore(bucket, config.pipeline.rootPrefix),
    documents: firestoreDocumentStore(firestore),
    publisher: pubsubPublisher(pubsub),
    deadLetters,
    findCredentials: attempt('find credentials', async () => {
      // An emulator asks for none.
      if (!pubsub.isEmulator) await pubsub.auth.getClient();
    }),
    close: async () => {
      await Promise.all([deadLetters.close(), close()]);
    },
  };
};
