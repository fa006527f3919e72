import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Clock } from '../../../shared/ports/clock.js';
import { storageServer } from './http/server.js';
import { storageModel } from './model/storage.js';

/** An in-memory Google Cloud Storage for development and tests. */
export interface FakeStorageServer {
  /**
   * Serves on the loopback interface, on any free port unless one is given, and resolves to
   * `http://127.0.0.1:PORT`. Rejects if the server is already listening or the port is taken.
   */
  readonly listen: (port?: number) => Promise<string>;
  /** Cuts every connection and keeps the stored data; `listen` ends the outage. */
  readonly close: () => Promise<void>;
}

export interface FakeStorageServerOptions {
  /** The clock for timestamps and generations. */
  readonly now?: Clock;
}

const LOOPBACK = '127.0.0.1';

export const fakeStorageServer = (options: FakeStorageServerOptions = {}): FakeStorageServer => {
  const model = storageModel(options.now ?? (() => new Date()));
  let serving: Server | undefined;
  return {
    listen: async (port = 0) => {
      if (serving !== undefined) throw new Error('The storage stand-in is listening already.');
      const server = storageServer(model);
      serving = server;
      try {
        await once(server.listen(port, LOOPBACK), 'listening');
      } catch (cause) {
        serving = undefined;
        throw new Error(`The storage stand-in cannot listen on port ${port}.`, { cause });
      }
      const address = server.address();
      if (typeof address !== 'object' || address === null)
        throw new Error('The storage stand-in was closed before it listened.');
      return `http://${LOOPBACK}:${address.port}`;
    },
    close: async () => {
      const server = serving;
      if (server === undefined) return;
      serving = undefined;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
