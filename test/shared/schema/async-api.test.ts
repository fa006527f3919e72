import assert from 'node:assert/strict';
import { generatedFiles } from '../../../shared/schema/generate.js';
import {
  deadLetterTopic,
  envelopedTopics,
  FunctionName,
  topics,
  topology,
} from '../../../shared/topology.js';
import {
  asyncApiDocument,
  bundled,
  committedJson,
  complaintsAbout,
  referencesIn,
  targetOf,
} from './async-api-document.js';

const json = committedJson();
const document = asyncApiDocument(json);
const { channels, operations, components } = document;

describe('The AsyncAPI document', () => {
  it('is valid under the official schema of its version, with the schemas it refers to', () => {
    assert.equal(document.asyncapi, '3.0.0');
    assert.deepEqual(complaintsAbout(bundled(json)), []);
  });

  it('has no dangling reference', () => {
    const references = referencesIn(json);
    assert.ok(references.length > 0);
    for (const reference of references) assert.doesNotThrow(() => targetOf(json, reference));
  });

  it('has every topic of the topology, and every dead letter', () => {
    const names = [
      ...topics,
      ...topics.flatMap((topic) => topology[topic].subscribers).map(deadLetterTopic),
    ];
    assert.deepEqual(Object.keys(channels), names);
    assert.deepEqual(
      Object.values(channels).map(({ address }) => address),
      names,
    );
    for (const name of Object.keys(FunctionName.keys).filter(FunctionName.is))
      assert.ok(channels[deadLetterTopic(name)]);
  });

  it('says who sends and who receives on every topic', () => {
    for (const topic of topics) {
      const { publisher, subscribers } = topology[topic];
      assert.deepEqual(
        Object.entries(operations)
          .filter(([, { channel }]) => channel.$ref === `#/channels/${topic}`)
          .map(([id, { action }]) => [action, id]),
        [
          ['send', `${publisher}-sends-${topic}`],
          ...subscribers.map((name) => ['receive', `${name}-receives-${topic}`]),
        ],
      );
    }
  });

  it('lets each operation use only messages of its own channel', () => {
    for (const [id, { channel, messages }] of Object.entries(operations)) {
      assert.ok(messages.length > 0, id);
      for (const { $ref } of messages) assert.ok($ref.startsWith(`${channel.$ref}/messages/`), id);
    }
  });

  it('uses every message on a channel', () => {
    const used = referencesIn(Object.values(channels)).map(({ $ref }) => $ref);
    for (const name of Object.keys(components.messages))
      assert.ok(used.includes(`#/components/messages/${name}`), name);
  });

  it('leads to the schema of every message and of its attributes', () => {
    for (const { path, text } of generatedFiles()) {
      const [, name = '', part] =
        /^messages\/([^.]+)(\.attributes)?\.schema\.json$/.exec(path) ?? [];
      if (name === '') continue;
      const message = components.messages[name] ?? assert.fail(`no message ${name}`);
      const schema = part === undefined ? message.payload : message.headers;
      assert.deepEqual(
        targetOf(json, schema ?? assert.fail(`no attributes of ${name}`)),
        JSON.parse(text),
      );
    }
  });

  it('binds the messages in an envelope to Pub/Sub with the attributes that never change', () => {
    for (const topic of envelopedTopics)
      assert.deepEqual(components.messages[topic]?.bindings?.googlepubsub, {
        attributes: { event_type: topic, schema_version: '1' },
        bindingVersion: '0.2.0',
      });
  });
});

describe('The official schema of AsyncAPI', () => {
  const refuses = (place: string, change: object): void => {
    const complaints = complaintsAbout({ ...Object(bundled(json)), ...change });
    assert.ok(
      complaints.some((complaint) => complaint.startsWith(place)),
      `expected a complaint about ${place}, got ${JSON.stringify(complaints)}`,
    );
  };
  const refusesMessage = (broken: object): void =>
    refuses('/components/messages/broken', { components: { messages: { broken } } });

  it('refuses an operation that neither sends nor receives', () => {
    const broken = { action: 'publish', channel: { $ref: '#/channels/pool-ranked' } };
    refuses('/operations/broken/action', { operations: { broken } });
  });

  it('refuses a Pub/Sub binding with an unknown field', () => {
    const googlepubsub = { attribute: {}, bindingVersion: '0.2.0' };
    refusesMessage({ bindings: { googlepubsub } });
  });

  it('refuses a payload that is not a schema', () => {
    refusesMessage({ payload: { type: 'texts' } });
  });
});
