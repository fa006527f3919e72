import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import * as t from 'io-ts';
import { decode } from '../../../shared/codec/decode.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const Reference = t.type({ $ref: t.string }, 'Reference');
export type Reference = t.TypeOf<typeof Reference>;

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
export type AsyncApiDocument = t.TypeOf<typeof AsyncApiDocument>;

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const committed = resolve(import.meta.dirname, '../../../shared/schema/asyncapi.json');

export const committedJson = (): unknown => read(committed);

export const asyncApiDocument = (json: unknown): AsyncApiDocument =>
  getOrThrow(decode(AsyncApiDocument, 'asyncapi.json')(json));

const child = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

/** What a reference of the committed document leads to; throws where it leads nowhere. */
export const targetOf = (json: unknown, { $ref }: Reference): unknown => {
  const [file = '', pointer = ''] = $ref.split('#');
  const whole = file === '' ? json : read(resolve(dirname(committed), file));
  const steps = pointer.split('/').slice(1);
  const target = steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(child, whole);
  if (target === undefined) throw new Error(`${$ref} leads nowhere`);
  return target;
};

export const referencesIn = (value: unknown): readonly Reference[] => {
  if (Reference.is(value)) return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(referencesIn)
    : [];
};

/** The document with the schemas that lie in files of their own put in their places. */
export const bundled = (value: unknown): unknown => {
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
export const complaintsAbout = (json: unknown): readonly string[] => {
  validate(json);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
