import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Firestore } from '@google-cloud/firestore';
import * as E from 'fp-ts/lib/Either.js';
import type * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { firestoreDocumentStore } from '../../../shared/gcp/document-store.js';
import type { DocumentStore } from '../../../shared/ports/document-store.js';
import { offGoogleCloud } from '../../support/off-google-cloud.js';

const PATH = { collection: 'things', document: 'a' };

const operations: Readonly<
  Record<string, (store: DocumentStore) => TE.TaskEither<Failure, unknown>>
> = {
  'read document things/a': (store) => store.get(PATH),
  'create document things/a': (store) => store.create(PATH, {}),
  'list documents of things': (store) => store.list('things'),
  'run a transaction': (store) => store.transact((transaction) => transaction.get(PATH)),
};

describe('the Firestore adapter on a service that accepts connections and never responds', () => {
  offGoogleCloud();
  const sockets = new Set<Socket>();
  let server: Server;
  let firestore: Firestore;
  before(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).resume();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    firestore = new Firestore({ projectId: 'demo', host: `127.0.0.1:${address.port}`, ssl: false });
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await once(server.close(), 'close');
  });

  for (const [action, operation] of Object.entries(operations))
    it(`fails to ${action} in time for another delivery`, async () => {
      const result = await operation(firestoreDocumentStore(firestore, 200))();
      assert.ok(E.isLeft(result), 'it succeeded');
      assert.deepEqual(
        [result.left.kind, result.left.code, result.left.message],
        ['transient', 'unavailable', `Could not ${action}: no answer within 200 ms`],
      );
    });
});
