import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { sha256 } from '../../../../shared/codec/hash.js';
import { emptySeries } from '../../../../shared/market-data/bars.js';
import {
  decodeStoredBars,
  encodeStoredBars,
} from '../../../../shared/market-data/binance/bar-store-codec.js';
import { dayRange } from '../../../support/day-range.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

const content = {
  series: randomWalk({ symbol: 'TRXUSDT', first: 19000, length: 40, seed: 1, gaps: [3, 4] }),
  covered: [dayRange(18000, 18500), dayRange(19000, 19039)],
};
const bytes = encodeStoredBars(content);
const checksum = sha256(bytes);

describe('An object of stored bars', () => {
  it('decodes to the same bars, bit for bit', () => {
    assert.deepEqual(decodeStoredBars('TRXUSDT', bytes, checksum), E.right(content));
    const nothing = { series: emptySeries('XUSDT', 0), covered: [dayRange(1, 2)] };
    const empty = encodeStoredBars(nothing);
    assert.deepEqual(decodeStoredBars('XUSDT', empty, sha256(empty)), E.right(nothing));
  });

  it('begins with a readable line, and has aligned columns', () => {
    const line = bytes.subarray(0, bytes.indexOf(10) + 1);
    assert.equal(line.length % 8, 0);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(line)), {
      schema_version: 1,
      symbol: 'TRXUSDT',
      columns: 'day,open,high,low,close,volume,quote_volume',
      rows: 38,
      covered: [
        { first: '2019-04-14', last: '2020-08-26' },
        { first: '2022-01-08', last: '2022-02-16' },
      ],
    });
  });

  it('is rejected if any byte has changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        assert.ok(E.isLeft(decodeStoredBars('TRXUSDT', damaged, checksum)));
      }),
      { numRuns: 100 },
    );
  });

  const resealed = (text: string): Uint8Array => {
    const start = bytes.indexOf(10) + 1;
    return Buffer.concat([Buffer.from(`${text}\n`), bytes.subarray(start)]);
  };
  const table: readonly (readonly [string, Uint8Array, string | undefined, RegExp])[] = [
    ['without its checksum', bytes, undefined, /expected SHA-256 in its metadata/],
    ['that is cut off', bytes.subarray(0, -8), sha256(bytes.subarray(0, -8)), /expected \d+ bytes/],
    ['without a header', bytes.subarray(-16), sha256(bytes.subarray(-16)), /not JSON/],
    ['of another version', resealed('{}'), sha256(resealed('{}')), /schema_version: expected 1/],
  ];
  for (const [title, damaged, sum, sentence] of table)
    it(`is refused ${title}`, () => {
      const decoded = decodeStoredBars('TRXUSDT', damaged, sum);
      assert.ok(E.isLeft(decoded));
      assert.match(decoded.left, sentence);
    });

  it('is refused under another symbol', () => {
    const decoded = decodeStoredBars('ADAUSDT', bytes, checksum);
    assert.ok(E.isLeft(decoded));
    assert.match(decoded.left, /^expected the bars of ADAUSDT, got .*TRXUSDT$/);
  });
});
