import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decode, decodeJson, shown } from '../../../shared/codec/decode.js';
import { exactObject, validFields } from '../../../shared/codec/exact-object.js';
import { Finite, PositiveInteger, Sha256 } from '../../../shared/codec/primitives.js';
import { strictRecord } from '../../../shared/codec/strict-record.js';
import { LivePool } from '../../../shared/contract/live-pool.js';

const messageOf = (result: E.Either<{ readonly message: string }, unknown>): string => {
  assert.ok(E.isLeft(result), 'it was accepted');
  return result.left.message;
};

const Point = exactObject(
  'Point',
  { x: Finite, tags: t.array(t.string, 'array of string') },
  { note: t.union([t.string, t.null]) },
);

describe('decode errors', () => {
  it('name the value, the field, the expected type and the given value', () => {
    assert.equal(
      messageOf(decode(Point, 'point.json')({ x: 'one', tags: ['a', 2] })),
      'point.json: x: expected Finite (a number that is neither NaN nor infinite), got "one"; tags.1: expected string, got 2',
    );
  });

  it('list the fields of an expected object if the value has another type', () => {
    assert.equal(messageOf(decode(Point)(null)), 'Point: expected an object (Point), got null');
    assert.equal(messageOf(decode(Point)([])), 'Point: expected an object (Point), got []');
  });

  it('report a missing field as absent', () => {
    assert.equal(
      messageOf(decode(Point)({ x: 1 })),
      'Point: tags: expected array of string, got nothing',
    );
  });

  it('print NaN as NaN, not as null', () => {
    assert.match(messageOf(decode(Point)({ x: Number.NaN, tags: [] })), /got NaN$/);
  });

  it('print one sentence for a union', () => {
    const digest = t.union([Sha256, t.null], 'Sha256 or null');
    assert.equal(
      messageOf(decode(t.strict({ digest }), 'entry')({ digest: 3 })),
      'entry: digest: expected Sha256 (64 lower-case hexadecimal digits) or null, got 3',
    );
  });

  it('stop after three sentences and count the rest', () => {
    const five = t.strict(
      { a: t.string, b: t.string, c: t.string, d: t.string, e: t.string },
      'Five',
    );
    assert.equal(
      messageOf(decode(five)({})),
      'Five: a: expected string, got nothing; b: expected string, got nothing; c: expected string, got nothing; and 2 more',
    );
  });

  it('cut the given value at 80 characters', () => {
    const message = messageOf(decode(PositiveInteger)('x'.repeat(500)));
    assert.equal(
      message,
      `PositiveInteger: expected PositiveInteger (a whole number of at least 1), got "${'x'.repeat(79)}…`,
    );
  });

  it('show the first 80 characters of a value that is deeper than any stack', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    assert.equal(shown(deep), `${'['.repeat(80)}…`);
  });

  it('show exactly the first 80 characters of the JSON of a large value', () => {
    const none = [undefined, () => 1, Symbol('s')];
    const absent = Object.fromEntries(none.map((value, index) => [index, value]));
    const values: readonly unknown[] = [
      Array(38).fill(0),
      Array(39).fill(0),
      Array(40).fill(0),
      Array(500).fill([]),
      Array(50).fill(absent),
      { ...absent, a: Array(60).fill(none), b: 'c'.repeat(60) },
    ];
    for (const value of values) {
      const text = JSON.stringify(value);
      assert.equal(shown(value), text.length > 80 ? `${text.slice(0, 80)}…` : text);
    }
  });

  it('show values that JSON cannot represent', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    assert.equal(shown(circle), '[object Object]');
    assert.equal(shown(10n), '10');
    assert.equal(shown(undefined), 'nothing');
    assert.equal(shown(Symbol('s')), 'Symbol(s)');
    assert.equal(
      shown(() => 1),
      'a function',
    );
  });

  it('say that text is not JSON', () => {
    assert.match(
      messageOf(decodeJson(LivePool, 'live_pool.json')('{')),
      /^live_pool\.json: not JSON: /,
    );
  });
});

describe('an object with exactly its fields', () => {
  it('names every field that does not belong, next to what is wrong otherwise', () => {
    assert.equal(
      messageOf(decode(Point)({ x: Number.POSITIVE_INFINITY, tags: [], y: 2, z: 'up' })),
      'Point: x: expected Finite (a number that is neither NaN nor infinite), got Infinity; y: expected no such field, got 2; z: expected no such field, got "up"',
    );
  });

  it('takes an optional field that is undefined as absent', () => {
    const decoded = Point.decode({ x: 1, tags: [], note: undefined });
    assert.ok(E.isRight(decoded));
    assert.deepEqual(Object.keys(decoded.right), ['x', 'tags']);
    assert.ok(Point.is({ x: 1, tags: [], note: null }));
  });

  it('rejects fields that have the name of an inherited property', () => {
    const Named = exactObject('Named', { constructor: t.unknown }, { toString: t.string });
    assert.ok(Named.is({ constructor: 1 }));
    assert.ok(E.isRight(Named.decode({ constructor: 1 })));
    assert.ok(!exactObject('Named', { valueOf: t.Function }).is({}));
  });

  it('returns the valid fields of an invalid object', () => {
    assert.deepEqual(validFields(Point, { x: 'one', tags: ['a'], y: 2 }), { tags: ['a'] });
    assert.deepEqual(validFields(Point, 7), {});
  });
});

describe('a strict record', () => {
  const Digests = strictRecord('count by Sha256', Sha256, PositiveInteger);
  const key = 'a'.repeat(64);

  it('rejects a key outside its domain instead of dropping it', () => {
    assert.equal(
      messageOf(decode(t.strict({ digests: Digests }, 'it'))({ digests: { [key]: 1, b: 2 } })),
      'it: digests.b: expected Sha256 (64 lower-case hexadecimal digits), got "b"',
    );
    assert.ok(!Digests.is({ b: 2 }));
  });

  it('refuses a value, naming its key', () => {
    assert.equal(
      messageOf(decode(Digests)({ [key]: 0 })),
      `count by Sha256: ${key}: expected PositiveInteger (a whole number of at least 1), got 0`,
    );
    assert.equal(
      messageOf(decode(Digests)([])),
      'count by Sha256: expected an object (count by Sha256), got []',
    );
  });
});
