import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import * as t from 'io-ts';
import { decode } from '../../../shared/codec/decode.js';
import { generatedFiles } from '../../../shared/schema/generate.js';
import {
  deadLetterTopic,
  envelopedTopics,
  FunctionName,
  topics,
  topology,
} from '../../../shared/topology.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const Reference = t.type({ $ref: t.string }, 'Reference');
type Reference = t.TypeOf<typeof Reference>;

const Message = t.intersection(
  [
    t.type({ payload: Reference }),
    t.partial({ headers: Reference, bindings: t.record(t.string, t.UnknownRecord) }),
  ],
  'Message',
);

/** What the tests look at of an AsyncAPI 3 document. */
const AsyncApiDocument = t.type(
  {
    asyncapi: t.string,
    channels: t.record(
      t.string,
      t.intersection([
        t.type({ address: t.string }),
        t.partial({ messages: t.record(t.string, Reference) }),
      ]),
    ),
    operations: t.record(
      t.string,
      t.type({ action: t.string, channel: Reference, messages: t.array(Reference) }),
    ),
    components: t.type({ messages: t.record(t.string, Message) }),
  },
  'AsyncAPI document',
);
type AsyncApiDocument = t.TypeOf<typeof AsyncApiDocument>;

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const committed = resolve(import.meta.dirname, '../../../shared/schema/asyncapi.json');

const committedJson = (): unknown => read(committed);

const asyncApiDocument = (json: unknown): AsyncApiDocument =>
  getOrThrow(decode(AsyncApiDocument, 'asyncapi.json')(json));

const child = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

/** What a reference of the committed document leads to; throws where it leads nowhere. */
const targetOf = (json: unknown, { $ref }: Reference): unknown => {
  const [file = '', pointer = ''] = $ref.split('#');
  const whole = file === '' ? json : read(resolve(dirname(committed), file));
  const steps = pointer.split('/').slice(1);
  const target = steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(child, whole);
  if (target === undefined) throw new Error(`${$ref} leads nowhere`);
  return target;
};

const referencesIn = (value: unknown): readonly Reference[] => {
  if (Reference.is(value)) return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(referencesIn)
    : [];
};

/** The document with the schemas that lie in files of their own put in their places. */
const bundled = (value: unknown): unknown => {
  if (Reference.is(value)) return value.$ref.startsWith('#') ? value : targetOf(undefined, value);
  if (Array.isArray(value)) return value.map(bundled);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, bundled(entry)]))
    : value;
};

/**
 * The official schema of AsyncAPI 3.0.0, with the bindings of every protocol. It carries a copy of
 * JSON Schema's own schema, which replaces the one that ajv has.
 */
const validate = (() => {
  const schema: unknown = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json');
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, allErrors: true });
  formats.default(ajv, ['uri', 'email', 'uri-reference', 'regex', 'uri-template', 'uuid', 'int64']);
  return ajv.compile(getOrThrow(decode(t.UnknownRecord, 'AsyncAPI schema')(schema)));
})();

/** What the official schema has against a document, by place. */
const complaintsAbout = (json: unknown): readonly string[] => {
  validate(json);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

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

  it('names the senders and receivers of every topic', () => {
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

  it('limits each operation to messages of its own channel', () => {
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

  it('refers to the schema of every message and of its attributes', () => {
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
