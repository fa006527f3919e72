import assert from 'node:assert/strict';
import * as t from 'io-ts';
import { exactObject } from '../../../shared/codec/exact-object.js';
import { AsOfDate, Finite, PositiveInteger, Sha256 } from '../../../shared/codec/primitives.js';
import { refinedText } from '../../../shared/codec/refined.js';
import { strictRecord } from '../../../shared/codec/strict-record.js';
import { schemaOfCodec } from '../../../shared/schema/schema-from-codec.js';

const SHA = {
  description: '64 lower-case hexadecimal digits',
  type: 'string',
  pattern: '^(?:[0-9a-f]{64})$',
};
const closed = { required: [], additionalProperties: false };

const table: readonly (readonly [string, t.Mixed, object])[] = [
  ['text', t.string, { type: 'string' }],
  ['a flag', t.boolean, { type: 'boolean' }],
  ['null', t.null, { type: 'null' }],
  ['a literal', t.literal(1), { const: 1 }],
  ['one of several words', t.keyof({ a: null, b: null }), { type: 'string', enum: ['a', 'b'] }],
  ['text of a form', Sha256, SHA],
  [
    'a whole number',
    PositiveInteger,
    {
      description: 'a whole number of at least 1',
      type: 'integer',
      minimum: 1,
      maximum: 9007199254740991,
    },
  ],
  [
    'a number that a double can hold',
    Finite,
    {
      description: 'a number that is neither NaN nor infinite',
      type: 'number',
      minimum: -1.7976931348623157e308,
      maximum: 1.7976931348623157e308,
    },
  ],
  ['a list', t.array(t.boolean), { type: 'array', items: { type: 'boolean' } }],
  ['a list for reading', t.readonlyArray(t.boolean), { type: 'array', items: { type: 'boolean' } }],
  [
    'this or that',
    t.union([Sha256, t.null], 'Sha256 or null'),
    { anyOf: [{ $ref: '#/$defs/Sha256' }, { type: 'null' }], $defs: { Sha256: SHA } },
  ],
  [
    'an object of a message, which may have more fields',
    t.strict({ on: t.boolean }, 'object'),
    {
      type: 'object',
      properties: { on: { type: 'boolean' } },
      required: ['on'],
      additionalProperties: true,
    },
  ],
  [
    'an object of an artifact, which may not',
    exactObject('it', { on: t.boolean }, { by: t.string }),
    {
      type: 'object',
      properties: { on: { type: 'boolean' }, by: { type: 'string' } },
      required: ['on'],
      additionalProperties: false,
    },
  ],
  [
    'a map',
    strictRecord('flags by Sha256', Sha256, t.boolean),
    {
      type: 'object',
      propertyNames: { $ref: '#/$defs/Sha256' },
      additionalProperties: { type: 'boolean' },
      $defs: { Sha256: SHA },
    },
  ],
  [
    'a named codec once, even if it is used at several depths',
    exactObject('it', {}, { b: exactObject('Inner', {}, { c: Sha256 }), a: Sha256 }),
    {
      type: 'object',
      properties: { b: { $ref: '#/$defs/Inner' }, a: { $ref: '#/$defs/Sha256' } },
      ...closed,
      $defs: {
        Inner: { type: 'object', properties: { c: { $ref: '#/$defs/Sha256' } }, ...closed },
        Sha256: SHA,
      },
    },
  ],
];

describe('A codec becomes a schema:', () => {
  for (const [title, codec, schema] of table)
    it(title, () => {
      // The text, because the order of the keys counts as well.
      assert.equal(JSON.stringify(schemaOfCodec(codec)), JSON.stringify(schema));
    });
});

const Even = t.brand(
  t.number,
  (n): n is t.Branded<number, { readonly Even: symbol }> => n % 2 === 0,
  'Even',
);
const Spring = t.refinement(AsOfDate, (day) => day.slice(5, 7) === '04', 'Spring');
const Trimmed = new t.Type<string, string, unknown>(
  'Trimmed',
  t.string.is,
  (value, context) => (t.string.is(value) ? t.success(value.trim()) : t.failure(value, context)),
  t.identity,
);
interface Tree {
  readonly leaves: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () => t.strict({ leaves: t.readonlyArray(Tree) }));

describe('A codec that JSON Schema cannot express is rejected:', () => {
  const refused: readonly (readonly [string, t.Mixed, string])[] = [
    ['any number, Infinity too', t.number, 'number (NumberType)'],
    ['anything', t.unknown, 'unknown (UnknownType)'],
    ['nothing', t.undefined, 'undefined (UndefinedType)'],
    ['any object', t.UnknownRecord, 'UnknownRecord (AnyDictionaryType)'],
    ['a test that only code can make', Even, 'Even (RefinementType)'],
    ['a further test on a form', Spring, 'Spring (RefinementType)'],
    ['a codec of its own making', Trimmed, 'Trimmed (no tag)'],
    ['a codec behind a codec', t.string.pipe(Sha256, 'Piped'), 'Piped (no tag)'],
    ['both of two', t.intersection([t.string, t.string], 'Both'), 'Both (IntersectionType)'],
    ['a pair', t.tuple([t.string, t.string], 'Pair'), 'Pair (TupleType)'],
    [
      'a map that drops what it does not know',
      t.record(Sha256, t.string, 'Map'),
      'Map (DictionaryType)',
    ],
    ['an object that hands on what it does not know', t.type({}, 'Open'), 'Open (InterfaceType)'],
    ['an object whose fields may be undefined', t.exact(t.partial({}), 'Part'), 'Part (ExactType)'],
    ['itself within itself', Tree, 'Tree (RecursiveType)'],
  ];
  for (const [title, codec, said] of refused)
    it(title, () => {
      assert.throws(
        () => schemaOfCodec(exactObject('Whole', {}, { list: t.array(codec) })),
        (error: Error) =>
          error.message.startsWith(
            `Whole.list.<each>: expected a codec that JSON Schema can express, got ${said}: `,
          ),
      );
    });

  it('two under one name', () => {
    const other = refinedText('Sha256', '[0-9a-f]{40}', 'forty');
    assert.throws(
      () => schemaOfCodec(exactObject('Whole', { a: Sha256, b: other })),
      /^Error: Whole\.b: .* another codec of this file has the same name$/,
    );
  });
});
