import assert from 'node:assert/strict';
import fc from 'fast-check';
import { printedJson } from '../../../shared/schema/print-json.js';

describe('Printed JSON', () => {
  const table: readonly (readonly [unknown, string])[] = [
    [{}, '{}\n'],
    [[], '[]\n'],
    [{ a: 1 }, '{ "a": 1 }\n'],
    [{ a: 1, b: 'é' }, '{\n  "a": 1,\n  "b": "é"\n}\n'],
    [{ a: [1, { b: null }] }, '{\n  "a": [1, { "b": null }]\n}\n'],
    [[{ a: 1, b: 2 }], '[\n  {\n    "a": 1,\n    "b": 2\n  }\n]\n'],
    [1.5e300, '1.5e300\n'],
    [['x'.repeat(95)], `["${'x'.repeat(95)}"]\n`],
    [['x'.repeat(96)], `[\n  "${'x'.repeat(96)}"\n]\n`],
  ];
  for (const [value, text] of table)
    it(`of ${JSON.stringify(value).slice(0, 30)} is laid out for readers`, () => {
      assert.equal(printedJson(value), text);
    });

  it('has the content of JSON.stringify, in the same order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(JSON.stringify(JSON.parse(printedJson(value))), JSON.stringify(value));
      }),
    );
  });
});
