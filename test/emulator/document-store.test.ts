import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import * as O from 'fp-ts/lib/Option.js';
import { firestoreDocumentStore } from '../../shared/gcp/document-store.js';
import { at } from '../contract/document-access.js';
import { describeDocumentStore } from '../contract/document-store.js';
import { done } from '../contract/store-under-test.js';
import { describeWithEmulators } from './emulator.js';

const ABORTED = 10;

/** The emulator makes a project's database when it is first spoken to. */
const newDatabase = (): Firestore => new Firestore({ projectId: `demo-${randomUUID()}` });

/** A database whose first transaction loses its first read to another one. */
const contended = (): Firestore => {
  const firestore = newDatabase();
  const run = firestore.runTransaction.bind(firestore);
  let lost = false;
  firestore.runTransaction = (body, options) =>
    run((transaction) => {
      const { get } = transaction;
      if (!lost)
        transaction.get = () => {
          lost = true;
          transaction.get = get;
          return Promise.reject(Object.assign(new Error('contention'), { code: ABORTED }));
        };
      return body(transaction);
    }, options);
  return firestore;
};

describeWithEmulators('Firestore', () => {
  describeDocumentStore('on Firestore', async () => {
    const firestore = newDatabase();
    return {
      store: firestoreDocumentStore(firestore),
      cleanup: () => firestore.terminate(),
    };
  });

  it('runs a transaction again when one of its reads meets contention', async () => {
    const firestore = contended();
    const store = firestoreDocumentStore(firestore);
    assert.deepEqual(await done(store.transact((transaction) => transaction.get(at('a')))), O.none);
    await firestore.terminate();
  });
});
