import assert from 'node:assert/strict';
import type { Bucket } from '@google-cloud/storage';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import {
  type FakeStorageServer,
  fakeStorageServer,
} from '../../../deploy/emulators/storage/fake-server.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { openBucket } from '../../../shared/gcp/clients.js';
import { gcsObjectStore } from '../../../shared/gcp/object-store.js';
import { BOUNDS } from '../../../shared/gcp/timeouts.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { TEST_CONFIG } from '../../support/memory-world.js';
import { type MutingProxy, mutingProxy } from '../../support/muting-proxy.js';
import { storageClient, withEmulatorHost } from '../../support/served-storage.js';
import { json, media, scriptedStorage, trickle, unanswered } from './scripted-storage.js';

const CREATE = { ifGenerationMatch: 0, contentType: 'text/plain' };
const PLACE = { project: 'demo', pipeline: TEST_CONFIG };

const operations: Readonly<Record<string, (store: ObjectStore) => TaskEither<Failure, unknown>>> = {
  'look at object a': (store) => store.head('a'),
  'read object a': (store) => store.read('a'),
  'write object b': (store) => store.write('b', Buffer.from('b'), CREATE),
  'list objects under ': (store) => store.list(''),
};

const failureOf = async (task: TaskEither<Failure, unknown>): Promise<Failure> => {
  const result = await task();
  if (E.isRight(result)) return assert.fail('it succeeded');
  return result.left;
};

describe('The Cloud Storage adapter on a connection that stops responding', () => {
  let standIn: FakeStorageServer;
  let proxy: MutingProxy;
  beforeEach(async () => {
    standIn = fakeStorageServer();
    const url = await standIn.listen();
    await storageClient(url).createBucket(TEST_CONFIG.bucket);
    proxy = await mutingProxy(new URL(url).host);
  });
  afterEach(async () => {
    await proxy.close();
    await standIn.close();
  });

  const bucketOf = (objectRequest: number, kept: 'kept' | 'one per request'): Bucket =>
    withEmulatorHost(`http://${proxy.host}`, () => openBucket(PLACE, kept, { objectRequest }));
  const storeOf = (bucket: Bucket, patience: number): ObjectStore =>
    gcsObjectStore(bucket, 'root', patience);

  for (const [action, operation] of Object.entries(operations))
    it(`fails to ${action} when the whole operation exceeds its time limit`, async () => {
      const store = storeOf(bucketOf(60_000, 'one per request'), 500);
      getOrThrow(await store.list('')());
      proxy.muteNext(Number.POSITIVE_INFINITY);
      const { kind, code, message } = await failureOf(operation(store));
      assert.deepEqual(
        [kind, code, message],
        ['transient', 'unavailable', `Could not ${action}: no answer within 500 ms`],
      );
      proxy.muteNext(0);
      getOrThrow(await store.list('')());
    });

  it('limits the whole operation, even if each attempt ends in time', async () => {
    const store = storeOf(bucketOf(100, 'kept'), 1_000);
    proxy.muteNext(Number.POSITIVE_INFINITY);
    assert.match((await failureOf(store.list(''))).message, /no answer within 1000 ms$/);
  });

  it('opens a new connection for each request in a function', async () => {
    // A request on a dead connection would use up the whole of the bound.
    const store = storeOf(bucketOf(60_000, 'one per request'), 10_000);
    await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => getOrThrow(await store.head(key)())));
    proxy.mute();
    getOrThrow(await store.list('')());
    assert.deepEqual(getOrThrow(await store.read('a')()), O.none);
    assert.equal(getOrThrow(await store.write('a', Buffer.from('a'), CREATE)()).outcome, 'written');
  });

  it('retries on a new connection after a silence, within the same operation', async () => {
    const store = storeOf(bucketOf(200, 'one per request'), 20_000);
    proxy.muteNext(1);
    assert.deepEqual(getOrThrow(await store.list('')()), []);
    assert.equal(proxy.connections(), 2);
  });

  it('requests an object again if no response begins', async () => {
    const metadata = json({ name: 'root/a', generation: '1', size: '5' });
    const scripted = await scriptedStorage(metadata, unanswered, media('first', 'ij6hUA=='));
    scripted.bucket.storage.timeout = 200;
    const found = getOrThrow(await storeOf(scripted.bucket, 20_000).read('a')());
    assert.equal(String(Buffer.from(O.toUndefined(found)?.bytes ?? [])), 'first');
    assert.equal(scripted.requests.length, 3);
    await scripted.close();
  });

  it('keeps connections for an operator', async () => {
    const store = storeOf(bucketOf(60_000, 'kept'), 10_000);
    for (const key of ['a', 'b', 'c']) getOrThrow(await store.head(key)());
    assert.equal(proxy.connections(), 1);
  });

  it('aborts a body that never ends', async () => {
    const metadata = json({ name: 'root/a', generation: '1', size: '1000000' });
    const scripted = await scriptedStorage(metadata, trickle);
    scripted.bucket.storage.timeout = BOUNDS.objectRequest;
    const { message } = await failureOf(gcsObjectStore(scripted.bucket, 'root', 500).read('a'));
    assert.equal(message, 'Could not read object a: no answer within 500 ms');
    await scripted.close();
  });
});
