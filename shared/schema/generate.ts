import { NAMESPACE } from '../contract/constants.js';
import { type EnvelopedTopic, envelopedTopics } from '../topology.js';
import { ASYNC_API_FILE, asyncApi } from './async-api.js';
import { catalogue, type Entry } from './catalogue.js';
import { attributesSchema } from './message-schemas.js';
import { printedJson } from './print-json.js';
import { type Schema, schemaOfCodec } from './schema-from-codec.js';

/** A generated file; its path is relative to the output folder. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Increased when a schema accepts other values than before, so that an `$id` is immutable. */
const SCHEMA_FILES_VERSION = 1;

const headed = (name: string, title: string, description: string, schema: Schema): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:${NAMESPACE}:schema:${name}:${SCHEMA_FILES_VERSION}`,
  title,
  description,
  ...schema,
});

const descriptionOf = ({ folder, description, beyond }: Entry): string => {
  if (beyond.length === 0) return description;
  const judge = folder === 'messages' ? 'every receiver' : '`live-pool contract validate`';
  return `${description} Beyond this schema ${judge} checks: ${beyond.join('; ')}.`;
};

const entryFile = (entry: Entry): GeneratedFile => {
  const { folder, name, codec } = entry;
  const schema = headed(name, codec.name, descriptionOf(entry), schemaOfCodec(codec));
  return { path: `${folder}/${name}.schema.json`, text: printedJson(schema) };
};

const attributesFile = (topic: EnvelopedTopic): GeneratedFile => {
  const name = `${topic}.attributes`;
  const description = `The Pub/Sub attributes of ${topic}. Others may stand beside them.`;
  const schema = headed(name, name, description, attributesSchema(topic));
  return { path: `messages/${name}.schema.json`, text: printedJson(schema) };
};

/**
 * One JSON Schema per artifact, document, message and set of attributes, and the AsyncAPI document
 * of the topics. Deterministic: the same codecs give the same bytes.
 */
export const generatedFiles = (): readonly GeneratedFile[] => [
  ...catalogue.map(entryFile),
  ...envelopedTopics.map(attributesFile),
  { path: ASYNC_API_FILE, text: printedJson(asyncApi()) },
];
