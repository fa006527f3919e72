import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { PubSub } from '@google-cloud/pubsub';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { openStores, type Stores } from '../../shared/gcp/cloud-stores.js';
import { BOUNDS, type Bounds } from '../../shared/gcp/timeouts.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { TEST_CONFIG } from '../support/memory-world.js';
import { type MutingProxy, mutingProxy } from '../support/muting-proxy.js';
import { describeWithEmulators } from './emulator.js';

const PATH = { collection: 'things', document: 'a' };
const TOPIC = 'pool-ranked';
const NOTHING = Buffer.from('{}');

/** As in production, but a connection counts as dead after one second instead of 28. */
const KEEPALIVE: Bounds = {
  ...BOUNDS,
  keepalive: 500,
  keepaliveTimeout: 500,
  document: 15_000,
  publish: 15_000,
};
/** A connection that answers pings and no calls looks the same to the client as no keepalive. */
const NO_KEEPALIVE: Bounds = { ...KEEPALIVE, keepalive: 600_000, document: 1_500, publish: 1_500 };

/** Points the clients that are opened in this suite at proxies before the emulators. */
const proxied = (variable: 'PUBSUB_EMULATOR_HOST' | 'FIRESTORE_EMULATOR_HOST') => {
  const { [variable]: direct = '' } = process.env;
  let opened: MutingProxy | undefined;
  before(async () => {
    opened = await mutingProxy(direct);
    process.env[variable] = opened.host;
  });
  after(async () => {
    process.env[variable] = direct;
    await opened?.close();
  });
  return {
    direct,
    proxy: (): MutingProxy => {
      if (opened === undefined) throw new Error('The proxy is not open.');
      return opened;
    },
  };
};

describeWithEmulators('A gRPC connection that goes mute', () => {
  const project = `demo-${randomUUID()}`;
  const firestore = proxied('FIRESTORE_EMULATOR_HOST');
  const pubsub = proxied('PUBSUB_EMULATOR_HOST');
  let stores: Stores;
  const open = (bounds: Bounds): void => {
    const place = { project, firestoreDatabase: '(default)', pipeline: TEST_CONFIG };
    stores = openStores(place, 'one per request', bounds);
  };

  before(async () => {
    const direct = new PubSub({ projectId: project, apiEndpoint: pubsub.direct });
    await direct.createTopic(TOPIC);
    await direct.close();
    // The first call to an emulator is slow. gRPC servers cut a connection that pings three times
    // before anything is answered, which these short intervals would do.
    open(BOUNDS);
    getOrThrow(await stores.documents.get(PATH)());
    await stores.close();
  });
  afterEach(() => stores.close());

  const services = {
    Firestore: { proxy: firestore.proxy, call: () => stores.documents.get(PATH)() },
    'Pub/Sub': { proxy: pubsub.proxy, call: () => stores.publisher.publish(TOPIC, NOTHING, {})() },
  };
  for (const [service, { proxy, call }] of Object.entries(services)) {
    it(`is replaced within one call to ${service}, which succeeds on a new connection`, async () => {
      open(KEEPALIVE);
      getOrThrow<unknown>(await call());
      const before = proxy().connections();
      proxy().mute();
      getOrThrow<unknown>(await call());
      assert.ok(proxy().connections() > before, 'there is no new connection');
    });

    it(`is replaced at the first deadline of ${service} if keepalive does not detect it`, async () => {
      open(NO_KEEPALIVE);
      getOrThrow<unknown>(await call());
      const before = proxy().connections();
      proxy().mute();
      const first = await call();
      assert.ok(E.isLeft(first), 'the mute connection answered');
      assert.deepEqual([first.left.kind, first.left.code], ['transient', 'unavailable']);
      getOrThrow<unknown>(await call());
      assert.ok(proxy().connections() > before, 'there is no new connection');
    });
  }

  it('does not block a transaction, which is run again on a new connection', async () => {
    open(KEEPALIVE);
    getOrThrow(await stores.documents.get(PATH)());
    firestore.proxy().mute();
    const { documents } = stores;
    getOrThrow(await documents.transact((transaction) => transaction.get(PATH))());
    assert.deepEqual(getOrThrow(await documents.get(PATH)()), O.none);
  });
});
