import assert from 'node:assert/strict';
import { openFirestore, openPubsub } from '../../../shared/gcp/clients.js';
import { BOUNDS } from '../../../shared/gcp/timeouts.js';

/** What Terraform gives a function, in milliseconds. */
const FUNCTION_LIMIT = 540_000;
const PLACE = { project: 'some-project', firestoreDatabase: '(default)' };

const CHANNEL = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 8_000,
  'grpc.keepalive_permit_without_calls': 0,
  'grpc.use_local_subchannel_pool': 1,
};

const grpcOptionsOf = (options: object) =>
  Object.fromEntries(Object.entries(options).filter(([name]) => name in CHANNEL));

describe('The bounds of calls to Google Cloud', () => {
  it('keep both gRPC clients from staying on a mute connection', async () => {
    const pubsub = openPubsub(PLACE);
    const firestore = openFirestore(PLACE);
    assert.deepEqual(grpcOptionsOf(pubsub.options), CHANNEL);
    assert.deepEqual(grpcOptionsOf(Reflect.get(firestore, '_settings')), CHANNEL);
    await pubsub.close();
    await firestore.terminate();
  });

  it('leave a call on a dead connection time for a pause and another try of 10 s', () => {
    const dead = BOUNDS.keepalive + BOUNDS.keepaliveTimeout;
    // The client for Pub/Sub uses three quarters of the bound, and pauses for at most 5 s.
    assert.ok(dead + 5_000 + 10_000 < 0.75 * BOUNDS.publish);
    assert.ok(dead + 5_000 + 10_000 < BOUNDS.document);
  });

  it('let two listings, a transaction and a publication end within one delivery', () => {
    assert.ok(2 * BOUNDS.object + BOUNDS.document + BOUNDS.publish < FUNCTION_LIMIT);
  });

  it('leave time for several requests to Cloud Storage in one operation', () => {
    assert.ok(3 * BOUNDS.objectRequest < BOUNDS.object);
  });
});
