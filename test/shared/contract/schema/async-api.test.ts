import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import {
  type AsyncAPIDocumentInterface,
  DiagnosticSeverity,
  fromFile,
  Parser,
} from '@asyncapi/parser';
import { generatedFiles } from '../../../../shared/contract/schema/generate.js';
import {
  deadLetterTopic,
  envelopedTopics,
  FunctionName,
  topics,
  topology,
} from '../../../../shared/topology.js';

const file = resolve(import.meta.dirname, '../../../../shared/contract/schema/asyncapi.json');

describe('The AsyncAPI document', () => {
  let document: AsyncAPIDocumentInterface;

  before(async () => {
    const parsed = await fromFile(new Parser(), file).parse();
    // A newer version of AsyncAPI is information; everything else would be a defect.
    const complaints = parsed.diagnostics.filter(
      ({ severity, code }) =>
        severity !== DiagnosticSeverity.Information || code !== 'asyncapi-latest-version',
    );
    assert.deepEqual(complaints, []);
    document = parsed.document ?? assert.fail('the parser gave no document');
  });

  it('is of version 3.0.0 and has every topic of the topology, and every dead letter', () => {
    assert.equal(document.version(), '3.0.0');
    assert.deepEqual(
      document
        .channels()
        .all()
        .map((channel) => channel.address()),
      [...topics, ...topics.flatMap((topic) => topology[topic].subscribers).map(deadLetterTopic)],
    );
    for (const name of Object.keys(FunctionName.keys).filter(FunctionName.is))
      assert.ok(document.channels().has(deadLetterTopic(name)));
  });

  it('says who sends and who receives on every topic', () => {
    for (const topic of topics) {
      const { publisher, subscribers } = topology[topic];
      const operations = document.channels().get(topic)?.operations().all() ?? [];
      assert.deepEqual(
        operations.map((operation) => [operation.action(), operation.id()]),
        [
          ['send', `${publisher}-sends-${topic}`],
          ...subscribers.map((name) => ['receive', `${name}-receives-${topic}`]),
        ],
      );
    }
  });

  it('leads to the schema of every message and of its attributes', () => {
    for (const { path, text } of generatedFiles()) {
      const [, name = '', part] =
        /^messages\/([^.]+)(\.attributes)?\.schema\.json$/.exec(path) ?? [];
      if (name === '') continue;
      const message = document.allMessages().get(name) ?? assert.fail(`no message ${name}`);
      const schema = part === undefined ? message.payload() : message.headers();
      assert.equal(schema?.id(), JSON.parse(text).$id);
      assert.deepEqual(
        Object.keys(schema?.properties() ?? {}),
        Object.keys(JSON.parse(text).properties),
      );
    }
  });

  it('binds the messages in an envelope to Pub/Sub with the attributes that never change', () => {
    for (const topic of envelopedTopics) {
      const binding = document.allMessages().get(topic)?.bindings().get('googlepubsub');
      assert.equal(binding?.version(), '0.2.0');
      assert.deepEqual(binding?.value().attributes, { event_type: topic, schema_version: '1' });
    }
  });
});
