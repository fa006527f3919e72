import assert from 'node:assert/strict';
import { allFunctions } from '../../shared/topology.js';
import { DEMO_REQUEST, faultFreeMonth } from '../support/fault-free-month.js';
import { memoryWorld } from '../support/memory-world.js';
import type { Post } from '../support/push-delivery.js';
import { contentsOf } from '../support/world-contents.js';

interface Unknown extends Post {
  /** The line that the function leaves; none where the framework refuses the body itself. */
  readonly line?: RegExp;
  readonly messageId?: string;
}

const UNWRAPPED = /Likely cause: payload unwrapping is enabled for this push subscription/;
const REQUEST = JSON.stringify(DEMO_REQUEST);
const DATA = Buffer.from(REQUEST).toString('base64');
const SOUND = {
  data: DATA,
  attributes: { run_id: 'a-run' },
  messageId: '42',
  publishTime: '2026-03-14T00:15:30.250Z',
};
const CLOUD_EVENT = { specversion: '1.0', id: '1', type: 'a.type', source: '//a/source' };

const typed = (type: string, body: string): Post => ({ body, headers: { 'content-type': type } });
const body = (content: unknown): Post => ({ body: JSON.stringify(content) });
/** A push whose message is the sound one but for these fields. */
const message = (changed: Readonly<Record<string, unknown>>): Post =>
  body({
    message: { ...SOUND, ...changed },
    subscription: 'projects/test/subscriptions/a-function',
  });

const expecting = (field: string, got: string): RegExp =>
  new RegExp(
    `push: ${field}expected .+, got ${got}\\. Likely cause: the request was not sent by Pub/Sub`,
  );

const shapes: Readonly<Record<string, Unknown>> = {
  'of an unwrapped request': { ...body(DEMO_REQUEST), line: UNWRAPPED },
  'of an unwrapped message of the flow': {
    ...body({ schema_version: 1, event_type: 'market-data-ingested', payload: {} }),
    line: UNWRAPPED,
  },
  'of an unwrapped message, as bytes': {
    ...typed('application/octet-stream', REQUEST),
    line: /got \d+ bytes\. Likely cause: payload unwrapping .+, or the body is not sent as applic/,
  },
  'of an unwrapped message, as text': typed('text/plain', REQUEST),
  'of an unwrapped message, as a form': {
    ...typed('application/x-www-form-urlencoded', 'as_of_date=2026-03-13'),
    line: UNWRAPPED,
  },
  'of an unwrapped list': { ...body([DEMO_REQUEST]), line: /it is a batch of CloudEvents, or / },
  'of an unwrapped message with its metadata in headers': {
    ...body({}),
    headers: { 'x-goog-pubsub-message-id': '42', 'x-goog-pubsub-subscription-name': 'rank' },
    line: UNWRAPPED,
  },
  'of a batch of CloudEvents': {
    ...typed('application/cloudevents-batch+json', JSON.stringify([CLOUD_EVENT])),
    line: /got \d+ bytes\. Likely cause: /,
  },
  'of a batch of CloudEvents, as JSON': {
    ...body([{ ...CLOUD_EVENT, data: { message: SOUND } }]),
    line: /it is a batch of CloudEvents/,
  },
  'of a CloudEvent with data_base64': {
    ...typed('application/cloudevents+json', JSON.stringify({ ...CLOUD_EVENT, data_base64: DATA })),
    line: /it is a CloudEvent with data_base64/,
  },
  'of a CloudEvent of another kind': {
    ...typed('application/cloudevents+json', JSON.stringify({ ...CLOUD_EVENT, data: {} })),
    line: /it is a CloudEvent of the type "a\.type" without a Pub\/Sub message/,
  },
  'of a CloudEvent in headers without a message': {
    ...body(DEMO_REQUEST),
    headers: { 'ce-id': '1', 'ce-type': 'a.type', 'ce-source': 's', 'ce-specversion': '1.0' },
    line: /it is a CloudEvent of the type "a\.type" without a Pub\/Sub message/,
  },
  'of an empty list': { ...body([]), line: /got \[\]\. Likely cause: / },
  'of nothing': { body: '', line: /got \{\}\. Likely cause: / },
  'of nothing, without a type': { body: '', headers: { 'content-type': '' } },
  'of null': body(null),
  'of cut JSON': { body: '{"message":{"data":"' },
  'whose message is null': { ...body({ message: null }), line: expecting('', 'null') },
  'whose message is text': {
    ...body({ message: DATA }),
    line: expecting('', '"[A-Za-z0-9+/]+"'),
  },
  'whose messages are a list': { ...body({ messages: [SOUND] }), line: UNWRAPPED },
  'whose message is in a list': { ...body({ message: [SOUND] }), line: expecting('', '.+') },
  'whose data is an object': {
    ...message({ data: DEMO_REQUEST }),
    line: expecting('data: ', '\\{.+\\}'),
    messageId: '42',
  },
  'whose data is null': {
    ...message({ data: null }),
    line: expecting('data: ', 'null'),
    messageId: '42',
  },
  'whose data is not base64': {
    ...message({ data: 'a message' }),
    line: expecting('data: ', '"a message"'),
    messageId: '42',
  },
  'whose data is cut base64': {
    ...message({ data: DATA.slice(0, 5) }),
    line: expecting('data: ', `"${DATA.slice(0, 5)}"`),
    messageId: '42',
  },
  'with an attribute that is no text': {
    ...message({ attributes: { run_id: 7 } }),
    line: expecting('attributes\\.run_id: ', '7'),
    messageId: '42',
  },
  'with attributes that are a list': {
    ...message({ attributes: ['a-run'] }),
    line: expecting('attributes: ', '\\["a-run"\\]'),
    messageId: '42',
  },
  'without a message id': {
    ...message({ messageId: undefined }),
    line: expecting('messageId: ', 'nothing'),
  },
  'with a message id that is a number': {
    ...message({ messageId: 42 }),
    line: expecting('messageId: ', '42'),
  },
  'with a publish time that is no instant': {
    ...message({ publishTime: 'yesterday' }),
    line: expecting('publishTime: ', '"yesterday"'),
    messageId: '42',
  },
};

for (const name of allFunctions)
  describe(`A push to ${name}`, () => {
    for (const [title, { line, messageId, ...content }] of Object.entries(shapes))
      it(`${title} is not acknowledged, and nothing is published or dead-lettered`, async () => {
        const world = memoryWorld();
        const answer = await world.post(name, content);
        assert.ok(answer.status >= 400, `it was acknowledged with ${answer.status}`);
        assert.deepEqual(answer.published, []);
        assert.deepEqual(await contentsOf(world), { objects: {}, documents: {} });
        if (line === undefined) {
          assert.deepEqual(answer.log, [], 'the framework has refused it');
          return;
        }
        assert.equal(answer.log.length, 1, 'one delivery, one line');
        const { message: sentence, ...facts } = answer.log[0] ?? {};
        assert.match(String(sentence), line);
        assert.match(String(sentence), /not acknowledged, so Pub\/Sub keeps the message\.$/);
        assert.deepEqual(facts, {
          severity: 'ERROR',
          stage: name,
          outcome: 'will_be_delivered_again',
          code: 'malformed-input',
          cause: undefined,
          duration_ms: 0,
          ...(messageId === undefined ? {} : { message_id: messageId }),
        });
      });
  });

describe('A push in a shape that Pub/Sub sends', () => {
  const { data: _data, attributes: _attributes, ...bare } = SOUND;
  const dataless: Readonly<Record<string, Post>> = {
    'without data': body({ message: { ...bare, attributes: { a: 'b' } }, subscription: 's' }),
    'with empty data': body({ message: { ...bare, data: '' }, subscription: 's' }),
    'without data, as a CloudEvent in headers': {
      ...body({ message: bare, subscription: 's' }),
      headers: { 'ce-id': '1', 'ce-type': 't', 'ce-source': 's', 'ce-specversion': '1.0' },
    },
  };
  for (const [title, content] of Object.entries(dataless))
    it(`${title} is understood: the empty message is dead-lettered and acknowledged`, async () => {
      const { status, published, log } = await memoryWorld().post('rank', content);
      assert.equal(status, 204);
      assert.equal(published[0]?.topic, 'rank-dead-letter');
      assert.equal(
        published[0]?.attributes.dead_letter_reason,
        'market-data-ingested: expected JSON data, got an empty message',
      );
      assert.equal(log[0]?.message_id, '42');
    });

  it('with unknown fields beside the known ones is understood', async () => {
    const { world, stages } = await faultFreeMonth();
    const { data, attributes } = stages.promote.incoming;
    const { status, log } = await world.post('promote', {
      body: JSON.stringify({
        message: {
          ...bare,
          data: Buffer.from(data).toString('base64'),
          attributes,
          message_id: '42',
          publish_time: SOUND.publishTime,
          orderingKey: 'a-key',
        },
        subscription: 'projects/test/subscriptions/promote',
        deliveryAttempt: 3,
        other: {},
      }),
    });
    assert.deepEqual([status, log[0]?.outcome], [204, 'already_done']);
  });
});
