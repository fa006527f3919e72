import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson, isSameJson, sha256 } from '../../../shared/codec/hash.js';
import { Sha256 } from '../../../shared/codec/primitives.js';

const shuffled = (value: unknown, random: () => number): unknown => {
  if (Array.isArray(value)) return value.map((member) => shuffled(member, random));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => ({ key, member: shuffled(member, random), at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ key, member }) => [key, member]),
  );
};

describe('sha256', () => {
  // FIPS 180-2, appendix B, and the hash of nothing.
  const table: readonly (readonly [string, string])[] = [
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ];
  for (const [text, expected] of table)
    it(`of ${JSON.stringify(text)} is the published one`, () => {
      assert.equal(sha256(text), expected);
    });

  it('of a text is that of its UTF-8 bytes, and a Sha256', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(sha256(text), sha256(new TextEncoder().encode(text)));
        assert.ok(Sha256.is(sha256(text)));
      }),
    );
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every level, and nothing else', () => {
    assert.equal(
      canonicalJson({ b: [3, { d: null, c: 'x' }], a: { z: true, y: 1.5 } }),
      '{"a":{"y":1.5,"z":true},"b":[3,{"c":"x","d":null}]}',
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (value, random) => {
          const another = shuffled(value, () => random.next().value);
          assert.equal(canonicalJson(another), canonicalJson(value));
          assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  it('leaves out keys whose value is undefined', () => {
    assert.equal(canonicalJson({ b: undefined, a: 1 }), '{"a":1}');
  });

  const refused: readonly (readonly [string, unknown, string])[] = [
    ['NaN', { a: { b: Number.NaN } }, '$.a.b: expected a JSON value, got NaN'],
    ['an infinity', [1, Number.NEGATIVE_INFINITY], '$[1]: expected a JSON value, got -Infinity'],
    ['a Date', { day: new Date(0) }, '$.day: expected a JSON value, got an instance of Date'],
    ['a Map', new Map(), '$: expected a JSON value, got an instance of Map'],
    ['undefined at the top', undefined, '$: expected a JSON value, got undefined'],
    ['undefined in an array', [undefined], '$[0]: expected a JSON value, got undefined'],
    ['a function', { f: () => 1 }, '$.f: expected a JSON value, got function'],
    ['a bigint', { n: 1n }, '$.n: expected a JSON value, got bigint'],
  ];
  for (const [name, value, message] of refused)
    it(`refuses ${name} and names its path`, () => {
      assert.throws(() => canonicalJson(value), {
        name: 'TypeError',
        message: `canonical JSON: ${message}`,
      });
    });
});

describe('isSameJson', () => {
  it('ignores the order of keys', () => {
    assert.ok(isSameJson({ a: 1, b: [2] }, { b: [2], a: 1 }));
    assert.ok(!isSameJson({ a: 1 }, { a: 2 }));
  });

  it('is false for a value that is not JSON, even compared with itself', () => {
    const day = new Date(0);
    assert.ok(!isSameJson({ day }, { day }));
  });
});
