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

/** The ports of an operator of a deployment on Google Cloud. */
export interface OperatorPorts {
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly publisher: Publisher;
  readonly deadLetters: DeadLetters;
  /** Fails without credentials, for which Cloud Storage would make an anonymous request. */
  readonly findCredentials: TaskEither<Failure, void>;
  /** Closes the clients' connections, which otherwise keep the process alive. */
  readonly close: () => Promise<void>;
}

/** Opens no connection: the first request loads credentials and connects. */
export const openOperatorPorts = (config: CloudConfig): OperatorPorts => {
  // An operator's process is never frozen and its network may be slow, so connections are reused.
  const stores = openStores(config, 'kept');
  const pubsub = openPubsub(config);
  const deadLetters = pubsubDeadLetters(pubsub);
  return {
    ...stores,
    deadLetters,
    findCredentials: tryTask('find credentials', async () => {
      // An emulator needs no credentials.
      if (!pubsub.isEmulator) await pubsub.auth.getClient();
    }),
    close: async () => {
      await Promise.all([deadLetters.close(), pubsub.close(), stores.close()]);
    },
  };
};
