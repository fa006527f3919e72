import * as t from 'io-ts';
import { refinedText } from '../codec/refined.js';
import { controlAttributes, FILTER_ATTRIBUTES } from '../messages/control-attributes.js';
import { RunId, SCHEMA_VERSION } from '../messages/envelope.js';
import { type EnvelopedTopic, type Topic, topology } from '../topology.js';
import { fieldsOf, type Schema, schemaOfFields } from './schema-from-codec.js';

/** The description of each topic, for readers without access to the code. */
export const MESSAGES: Readonly<Record<Topic, string>> = {
  'monthly-run-requested':
    'A month is to be decided. The request with its defaults resolved, as it is archived and replayed.',
  'market-data-ingested': 'A sealed snapshot of closed daily bars lies ready.',
  'pool-ranked': 'The universe is ranked and the pool chosen; ranking refers to the evidence.',
  'release-materialised':
    'A complete release lies under releases/<version>/; symbols are in pool order. Published again with the attributes intent=rollback, reason and expected_seq, it rolls back to this release.',
  'release-promoted': 'The ledger names a new head, and current/ shows it.',
  'live-pool-published':
    'Readers now see this pool; symbols are in pool order. Drop every event whose promotion_seq is not above the last one seen.',
  'reconcile-requested': 'current/ and the document are to be brought to the head of the ledger.',
};

export const RUN_REQUEST =
  'The bare body that starts a month on the topic monthly-run-requested; {} is the ordinary month.';

const Traceparent = refinedText(
  'Traceparent',
  '00-[0-9a-f]{32}-[0-9a-f]{16}-01',
  'W3C trace context: one trace a run, one span a message',
);

const factsOf = (topic: EnvelopedTopic): Readonly<Record<string, t.Mixed>> => {
  const payload = fieldsOf(topology[topic].codec.type.props.payload.type);
  return Object.fromEntries(
    Object.entries(payload?.required ?? {}).filter(([name]) => FILTER_ATTRIBUTES.includes(name)),
  );
};

const requiredByIntent = (intent: string, required: readonly string[]): Schema => ({
  if: { properties: { intent: { const: intent } }, required: ['intent'] },
  // Strict validators require that each required property is also declared.
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: Object.fromEntries(required.map((name) => [name, true])), required },
});

/** The only topic with control attributes, and the rules between them. */
const COMMANDED: EnvelopedTopic = 'release-materialised';
const conditions = {
  allOf: [
    requiredByIntent('rollback', ['reason', 'expected_seq']),
    requiredByIntent('restate', ['reason']),
  ],
};

/** The attributes of a published message. Pub/Sub and others may add more. */
export const attributesSchema = (topic: EnvelopedTopic): Schema => {
  const schema = schemaOfFields(`attributes of ${topic}`, {
    required: {
      event_type: t.literal(topic),
      schema_version: t.literal(String(SCHEMA_VERSION)),
      run_id: RunId,
      ...factsOf(topic),
      traceparent: Traceparent,
    },
    optional: topic === COMMANDED ? controlAttributes : {},
    open: true,
  });
  return topic === COMMANDED ? { ...schema, ...conditions } : schema;
};
