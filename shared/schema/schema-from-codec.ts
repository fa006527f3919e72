import * as t from 'io-ts';
import type { ExactObject, Fields } from '../codec/exact-object.js';
import type { Constraint } from '../codec/refined.js';
import type { StrictRecord } from '../codec/strict-record.js';

/** A JSON Schema, draft 2020-12. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** The `$defs` of one file so far, by name. */
type Definitions = Map<string, { readonly codec: t.Mixed; readonly schema: Schema }>;

/** The fields of an object; an open object may have others, which readers ignore. */
export interface ObjectFields {
  readonly required: Fields;
  readonly optional: Fields;
  readonly open: boolean;
}

const tagOf = (codec: t.Mixed): unknown => ('_tag' in codec ? codec._tag : undefined);

const isExactly = (codec: t.Mixed): codec is ExactObject<Fields, Fields> =>
  tagOf(codec) === 'ExactlyType';

const isStrictRecord = (codec: t.Mixed): codec is StrictRecord<t.Mixed, t.Mixed> =>
  tagOf(codec) === 'StrictRecordType';

const isRefined = (codec: t.Mixed): codec is t.Mixed & { readonly schema: Constraint } =>
  codec instanceof t.RefinementType && 'schema' in codec;

/** The members of an io-ts type are `any`; this narrows them to codecs. */
const only = (codec: t.Mixed): t.Mixed => codec;

const inexpressible = (path: readonly string[], codec: t.Mixed, why: string): Error =>
  new Error(
    `${path.join('.')}: expected a codec that JSON Schema can express, got ${codec.name} (${tagOf(codec) ?? 'no tag'}): ${why}`,
  );

const constraintSchema = (demand: Constraint): Schema => {
  const { type, description } = demand;
  switch (type) {
    case 'string':
      return { description, type, pattern: demand.pattern };
    case 'integer':
      return { description, type, minimum: demand.minimum, maximum: demand.maximum };
    case 'number':
      // 1e400 is a JSON number, but does not parse to a finite double.
      return { description, type, minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE };
  }
};

const properties = (fields: Fields, path: readonly string[], definitions: Definitions): Schema =>
  Object.fromEntries(
    Object.entries(fields).map(([key, codec]) => [
      key,
      schemaAt(codec, [...path, key], definitions),
    ]),
  );

const objectSchema = (
  { required, optional, open }: ObjectFields,
  path: readonly string[],
  definitions: Definitions,
): Schema => ({
  type: 'object',
  properties: {
    ...properties(required, path, definitions),
    ...properties(optional, path, definitions),
  },
  required: Object.keys(required),
  additionalProperties: open,
});

/** The fields of a codec inside `t.exact`: t.type, or t.type and t.partial together. */
export const fieldsOf = (inner: t.Mixed): Omit<ObjectFields, 'open'> | undefined => {
  if (inner instanceof t.InterfaceType) return { required: inner.props, optional: {} };
  if (!(inner instanceof t.IntersectionType)) return undefined;
  const [required, optional, ...others]: readonly t.Mixed[] = inner.types;
  return required instanceof t.InterfaceType &&
    optional instanceof t.PartialType &&
    others.length === 0
    ? { required: required.props, optional: optional.props }
    : undefined;
};

const strictSchema = (
  codec: t.Mixed,
  inner: t.Mixed,
  path: readonly string[],
  definitions: Definitions,
): Schema => {
  const fields = fieldsOf(inner);
  if (fields === undefined)
    throw inexpressible(path, codec, 'of the exact types only t.strict has a rule');
  return objectSchema({ ...fields, open: true }, path, definitions);
};

/** The complete schema of a codec. Each kind has its own rule; a kind without one is rejected. */
const shapeOf = (codec: t.Mixed, path: readonly string[], definitions: Definitions): Schema => {
  if (codec === t.string) return { type: 'string' };
  if (codec === t.boolean) return { type: 'boolean' };
  if (codec === t.null) return { type: 'null' };
  if (isRefined(codec)) return constraintSchema(codec.schema);
  if (codec instanceof t.LiteralType) return { const: codec.value };
  if (codec instanceof t.KeyofType) return { type: 'string', enum: Object.keys(codec.keys) };
  if (codec instanceof t.ArrayType || codec instanceof t.ReadonlyArrayType)
    return {
      type: 'array',
      items: schemaAt(only(codec.type), [...path, '<each>'], definitions),
    };
  if (codec instanceof t.UnionType) {
    const members: readonly t.Mixed[] = codec.types;
    return { anyOf: members.map((member) => schemaAt(member, path, definitions)) };
  }
  if (codec instanceof t.ExactType) return strictSchema(codec, only(codec.type), path, definitions);
  if (isExactly(codec))
    return objectSchema(
      { required: codec.required, optional: codec.optional, open: false },
      path,
      definitions,
    );
  if (isStrictRecord(codec))
    return {
      type: 'object',
      propertyNames: schemaAt(codec.domain, [...path, '<key>'], definitions),
      additionalProperties: schemaAt(codec.codomain, [...path, '<each>'], definitions),
    };
  throw inexpressible(path, codec, 'give it a rule in shared/schema/schema-from-codec.ts');
};

/** A named codec is written once per file; two codecs with the same name are an error. */
const schemaAt = (codec: t.Mixed, path: readonly string[], definitions: Definitions): Schema => {
  const { name } = codec;
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) return shapeOf(codec, path, definitions);
  const known = definitions.get(name);
  if (known !== undefined && known.codec !== codec)
    throw inexpressible(path, codec, 'another codec of this file has the same name');
  if (known === undefined)
    definitions.set(name, { codec, schema: shapeOf(codec, path, definitions) });
  return { $ref: `#/$defs/${name}` };
};

const withDefinitions = (schema: Schema, definitions: Definitions): Schema => {
  const byName = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return definitions.size === 0
    ? schema
    : { ...schema, $defs: Object.fromEntries(byName.map(([name, at]) => [name, at.schema])) };
};

/**
 * The self-contained schema that accepts exactly the JSON values that the codec accepts. Throws if
 * any part of the codec has no exact counterpart, because a schema must not be looser than its
 * codec.
 */
export const schemaOfCodec = (codec: t.Mixed): Schema => {
  const definitions: Definitions = new Map();
  return withDefinitions(shapeOf(codec, [codec.name], definitions), definitions);
};

/** The schema of an object whose fields come from several codecs. */
export const schemaOfFields = (name: string, fields: ObjectFields): Schema => {
  const definitions: Definitions = new Map();
  return withDefinitions(objectSchema(fields, [name], definitions), definitions);
};
