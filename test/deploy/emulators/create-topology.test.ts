import assert from 'node:assert/strict';
import { createBucket } from '../../../deploy/emulators/create-bucket.js';
import { createTopology } from '../../../deploy/emulators/create-topology.js';
import { FailureError } from '../../../shared/codec/failure.js';
import { FunctionName, topicOf, topics } from '../../../shared/topology.js';
import { type Recorder, startRecorder } from './support/request-recorder.js';

const functions = Object.keys(FunctionName.keys).filter(FunctionName.is).sort();
const PROJECT = 'some-project';

describe('createTopology', () => {
  let recorder: Recorder;
  const create = (delivery = {}, prefix?: string): Promise<void> =>
    createTopology({
      pubsubHost: recorder.host,
      projectId: PROJECT,
      functionsUrl: 'http://127.0.0.1:1234',
      delivery,
      ...(prefix === undefined ? {} : { prefix }),
    });
  const created = (kind: 'topics' | 'subscriptions'): ReadonlyMap<string, unknown> => {
    const prefix = `/v1/projects/${PROJECT}/${kind}/`;
    return new Map(
      recorder.requests
        .filter(({ path }) => path.startsWith(prefix))
        .map(({ path, body }) => [path.slice(prefix.length), body]),
    );
  };
  const bodyOf = (subscription: string): unknown => created('subscriptions').get(subscription);

  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(() => recorder.close());

  it('creates every topic of the topology and a dead-letter topic for every function', async () => {
    await create();
    assert.deepEqual(
      [...created('topics').keys()].sort(),
      [...topics, ...functions.map((name) => `${name}-dead-letter`)].sort(),
    );
    assert.ok(recorder.requests.every(({ method }) => method === 'PUT'));
  });

  it('applies a prefix to the push subscriptions only', async () => {
    await create({}, 'some-');
    assert.deepEqual(
      [...created('subscriptions').keys()].sort(),
      functions.flatMap((name) => [`some-${name}`, `${name}-dead-letter`]).sort(),
    );
  });

  it('creates a push subscription for every function, and one to pull its dead letters', async () => {
    await create();
    assert.deepEqual(
      [...created('subscriptions').keys()].sort(),
      functions.flatMap((name) => [name, `${name}-dead-letter`]).sort(),
    );
    for (const name of functions) {
      const topic = `projects/${PROJECT}/topics/${topicOf(name)}`;
      assert.deepEqual(bodyOf(name), {
        topic,
        pushConfig: { pushEndpoint: `http://127.0.0.1:1234/${name}/${topic}` },
        ackDeadlineSeconds: 600,
        messageRetentionDuration: '604800s',
        retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
        deadLetterPolicy: {
          deadLetterTopic: `projects/${PROJECT}/topics/${name}-dead-letter`,
          maxDeliveryAttempts: 12,
        },
        expirationPolicy: {},
      });
      assert.deepEqual(bodyOf(`${name}-dead-letter`), {
        topic: `projects/${PROJECT}/topics/${name}-dead-letter`,
        messageRetentionDuration: '604800s',
        expirationPolicy: {},
      });
    }
  });

  it('creates no subscription before its topic and its dead-letter topic', async () => {
    await create();
    const order = recorder.requests.map(({ path }) => path);
    const at = (path: string): number => order.indexOf(`/v1/projects/${PROJECT}/${path}`);
    for (const name of functions) {
      assert.ok(at(`topics/${topicOf(name)}`) < at(`subscriptions/${name}`));
      assert.ok(at(`topics/${name}-dead-letter`) < at(`subscriptions/${name}`));
      assert.ok(at(`topics/${name}-dead-letter`) < at(`subscriptions/${name}-dead-letter`));
    }
  });

  it('accepts other delivery settings for a test', async () => {
    await create({ ackDeadlineSeconds: 11, maximumAttempts: 7, retentionDays: 1 });
    const body = JSON.stringify(bodyOf('rank'));
    for (const part of [
      '"ackDeadlineSeconds":11',
      '"maxDeliveryAttempts":7',
      '"messageRetentionDuration":"86400s"',
      '"minimumBackoff":"10s"',
    ])
      assert.ok(body.includes(part), body);
  });
});

describe('a call that an emulator rejects', () => {
  it('is reported with the call and the response', async () => {
    const recorder = await startRecorder(() => 409);
    try {
      await assert.rejects(
        createBucket(recorder.host, PROJECT, 'a-bucket'),
        (error) =>
          error instanceof FailureError &&
          error.message ===
            `POST http://${recorder.host}/storage/v1/b?project=${PROJECT} answered 409: {}`,
      );
      assert.deepEqual(
        recorder.requests.map(({ body }) => body),
        [{ name: 'a-bucket' }],
      );
    } finally {
      await recorder.close();
    }
  });
});
