import assert from 'node:assert/strict';
import { PubSub } from '@google-cloud/pubsub';
import { pubsubPublisher } from '../../../shared/gcp/publisher.js';
import { type AcceptingPubsub, acceptingPubsub } from '../../support/accepting-pubsub.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { offGoogleCloud } from '../../support/off-google-cloud.js';

describe('the Pub/Sub adapter', () => {
  offGoogleCloud();
  let service: AcceptingPubsub;
  let pubsub: PubSub;
  beforeEach(async () => {
    service = await acceptingPubsub();
    pubsub = new PubSub({ projectId: 'demo', apiEndpoint: service.host, emulatorMode: true });
  });
  afterEach(async () => {
    await pubsub.close();
    service.close();
  });

  it('sends every message immediately and in a request of its own', async () => {
    const { publish } = pubsubPublisher(pubsub);
    const ids = await Promise.all(
      Array.from({ length: 10 }, () => publish('pool-ranked', Buffer.from('{}'), {})()),
    );
    assert.deepEqual(ids.map(getOrThrow), Array(10).fill('1'));
    assert.deepEqual(service.calls, Array(10).fill('/google.pubsub.v1.Publisher/Publish'));
  });

  it('rejects an attribute that the service rejects and its emulator accepts', async () => {
    const { publish } = pubsubPublisher(pubsub);
    const reason = '理'.repeat(420);
    const result = await publish('release-materialised', Buffer.from('{}'), { reason })();
    assert.ok(result._tag === 'Left');
    assert.match(
      result.left.message,
      /^attribute reason: expected at most 1024 bytes .+ 1260 bytes/,
    );
    assert.deepEqual(service.calls, []);
  });

  it('has one queue for each topic, not for each message', async () => {
    const made: string[] = [];
    const topic = pubsub.topic.bind(pubsub);
    pubsub.topic = (name, options) => {
      made.push(name);
      return topic(name, options);
    };
    const { publish } = pubsubPublisher(pubsub);
    for (const name of ['pool-ranked', 'release-promoted', 'pool-ranked'])
      getOrThrow(await publish(name, Buffer.from('{}'), {})());
    assert.deepEqual(made, ['pool-ranked', 'release-promoted']);
  });
});
