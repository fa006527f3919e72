import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { fittingValue, withinLimits } from '../../../shared/ports/attribute-limits.js';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, '']));

describe('The limits of attributes', () => {
  const accepted: Readonly<Record<string, Record<string, string>>> = {
    'no attributes': {},
    '100 attributes': many(100),
    'a key of 256 bytes': { ['é'.repeat(128)]: '' },
    'a value of 1024 bytes': { reason: `${'理'.repeat(341)}x` },
    'a value of 256 characters outside the first plane': { reason: '🪙'.repeat(256) },
    'a byte order mark': { reason: '\uFEFF' },
  };
  for (const [title, attributes] of Object.entries(accepted))
    it(`admit ${title}`, () => {
      assert.deepEqual(withinLimits(attributes), E.right(attributes));
    });

  const refused: Readonly<Record<string, readonly [Record<string, string>, string]>> = {
    '101 attributes': [many(101), 'attributes: expected at most 100, got 101'],
    'a key of 257 bytes': [
      { [`${'é'.repeat(128)}x`]: '' },
      `attribute key ${'é'.repeat(40)}…: expected at most 256 bytes in UTF-8, got 257 bytes (129 characters)`,
    ],
    'a value of 1025 bytes': [
      { reason: `${'理'.repeat(341)}xx` },
      'attribute reason: expected at most 1024 bytes in UTF-8, got 1025 bytes (343 characters)',
    ],
    'a value of 420 Japanese characters': [
      { intent: 'rollback', reason: '理'.repeat(420) },
      'attribute reason: expected at most 1024 bytes in UTF-8, got 1260 bytes (420 characters)',
    ],
    'a value with half of a character': [
      { reason: 'a\uD83E' },
      'attribute reason: expected Unicode text, got a lone surrogate',
    ],
  };
  for (const [title, [attributes, sentence]] of Object.entries(refused))
    it(`refuse ${title}`, () => {
      const result = withinLimits(attributes);
      assert.ok(E.isLeft(result));
      const { kind, code, message } = result.left;
      assert.deepEqual([kind, code, message], ['permanent', 'malformed-input', sentence]);
    });
});

describe('A text that is made to fit into an attribute', () => {
  const unicode = fc.string({ unit: 'binary', maxLength: 2000 });
  const repeated = fc
    .tuple(fc.constantFrom('x', 'é', '理', '🪙', '\uD83E'), fc.integer({ min: 200, max: 1100 }))
    .map(([character, count]) => character.repeat(count));

  it('always fits, and is a beginning of the whole text', () => {
    fc.assert(
      fc.property(fc.oneof(unicode, repeated), (text) => {
        const value = fittingValue(text);
        assert.ok(E.isRight(withinLimits({ value })));
        const encodable = Buffer.from(text).toString();
        if (value === encodable) return;
        assert.ok(Buffer.byteLength(text) > 1024);
        assert.ok(value.endsWith('…') && encodable.startsWith(value.slice(0, -1)));
        // A character more would not have fitted.
        assert.ok(Buffer.byteLength(value) > 1024 - 4);
      }),
    );
  });

  it('keeps the beginning that fits, and no part of a character', () => {
    assert.equal(fittingValue('x'.repeat(1025)), `${'x'.repeat(1021)}…`);
    assert.equal(fittingValue('é'.repeat(513)), `${'é'.repeat(510)}…`);
    assert.equal(fittingValue('理'.repeat(342)), `${'理'.repeat(340)}…`);
    assert.equal(fittingValue('🪙'.repeat(257)), `${'🪙'.repeat(255)}…`);
    assert.equal(fittingValue(`${'x'.repeat(1020)}\uFFFD${'x'.repeat(9)}`), `${'x'.repeat(1020)}…`);
  });

  it('has the replacement character where half of a character was', () => {
    assert.equal(fittingValue('a\uD83Eb'), 'a\uFFFDb');
  });
});
