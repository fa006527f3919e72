import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Clock } from '../../../shared/ports/clock.js';
import { storageServer } from './http/server.js';
import { storageModel } from './model/storage.js';

/** A Google Cloud Storage of one's own, in memory, for development and tests. */
export interface FakeStorageServer {
  /**
   * Serves on the loopback interface, on any free port unless one is named, and resolves to
   * `http://127.0.0.1:PORT`. Rejects while it is listening already, or if the port is taken.
   */
  readonly listen: (port?: number) => Promise<string>;
  /** Cuts every connection. What is stored stays: to listen again is the end of an outage. */
  readonly close: () => Promise<void>;
}

export interface FakeStorageServerOptions {
  /** Dates and numbers what is written. */
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
