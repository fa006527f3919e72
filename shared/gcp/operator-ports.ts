import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { DeadLetters } from '../ports/dead-letters.js';
import type { DocumentStore } from '../ports/document-store.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { Publisher } from '../ports/publisher.js';
import { tryTask } from '../try-task.js';
import { openPubsub } from './clients.js';
import { openStores } from './cloud-stores.js';
import type { CloudConfig } from './config.js';
import { pubsubDeadLetters } from './dead-letters.js';

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
  // An operator's process is never frozen, and its network is slow: it keeps connections.
  const stores = openStores(config, 'kept');
  const pubsub = openPubsub(config);
  const deadLetters = pubsubDeadLetters(pubsub);
  return {
    ...stores,
    deadLetters,
    findCredentials: tryTask('find credentials', async () => {
      // An emulator asks for none.
      if (!pubsub.isEmulator) await pubsub.auth.getClient();
    }),
    close: async () => {
      await Promise.all([deadLetters.close(), pubsub.close(), stores.close()]);
    },
  };
};
