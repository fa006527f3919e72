import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { canonicalJson, sha256 } from '../../../shared/codec/hash.js';
import { AsOfDate } from '../../../shared/codec/primitives.js';
import type { BarSeries, SymbolMetadata } from '../../../shared/market-data/bars.js';
import {
  openSnapshot,
  type SnapshotContent,
  sealSnapshot,
  snapshotKeys,
} from '../../../shared/market-data/snapshot.js';
import { dayRange } from '../../support/day-range.js';

const right = <A>(result: Either<Failure, A>): A => {
  if (result._tag === 'Left') assert.fail(result.left.message);
  return result.right;
};

const refused = <A>(result: Either<Failure, A>): string => {
  if (result._tag === 'Right') assert.fail('accepted');
  assert.equal(result.left.kind, 'permanent');
  assert.equal(result.left.code, 'malformed-input');
  return result.left.message;
};

const metadataOf = (symbol: string): SymbolMetadata => ({
  symbol,
  status: 'TRADING',
  baseAsset: symbol.slice(0, -4),
  quoteAsset: 'USDT',
  isSpotTradingAllowed: true,
  permissions: 'SPOT',
});

/** One bar a day from `first` on, all numbers made from `seed`. */
const seriesOf = (symbol: string, first: number, rows: number, seed = 1): BarSeries => {
  const column = (offset: number) =>
    Float64Array.from({ length: rows }, (_, index) => seed + offset + index / 7);
  return {
    symbol,
    day: Int32Array.from({ length: rows }, (_, index) => first + index),
    open: column(1),
    high: column(3),
    low: column(0.5),
    close: column(2),
    volume: column(0),
    quoteVolume: column(10),
  };
};

const FIRST = 20_000; // 2024-10-04
const CONTENT: SnapshotContent = {
  range: dayRange(FIRST, FIRST + 9),
  benchmark: 'BTCUSDT',
  previousPool: ['TRXUSDT', 'ADAUSDT'],
  metadata: ['ADAUSDT', 'BTCUSDT', 'TRXUSDT'].map(metadataOf),
  series: [
    seriesOf('ADAUSDT', FIRST, 1),
    seriesOf('BTCUSDT', FIRST, 10),
    seriesOf('TRXUSDT', FIRST + 4, 3),
  ],
};

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalJson(value));

const contents: fc.Arbitrary<SnapshotContent> = fc
  .uniqueArray(fc.stringMatching(/^[A-Z0-9]{1,6}USDT$/), { minLength: 1, maxLength: 8 })
  .chain((symbols) =>
    fc.record({
      range: fc.constant(dayRange(FIRST, FIRST + 40)),
      benchmark: fc.constantFrom(...symbols),
      previousPool: fc.shuffledSubarray(symbols),
      metadata: fc.constant(symbols.map(metadataOf)),
      series: fc.tuple(
        ...symbols.map((symbol) =>
          fc
            .tuple(fc.nat(10), fc.integer({ min: 1, max: 30 }), fc.nat(1_000_000))
            .map(([late, rows, seed]) => seriesOf(symbol, FIRST + late, rows, seed / 97)),
        ),
      ),
    }),
  );

const reversed = (content: SnapshotContent): SnapshotContent => ({
  ...content,
  metadata: [...content.metadata].reverse(),
  series: [...content.series].reverse(),
});

describe('A sealed snapshot', () => {
  it('has a manifest of its content, without clock and source', () => {
    const { manifestBytes, barsBytes } = right(sealSnapshot(CONTENT));
    const manifest: unknown = JSON.parse(text(manifestBytes));
    const entry = (symbol: string) => ({
      symbol,
      status: 'TRADING',
      base_asset: symbol.slice(0, -4),
      quote_asset: 'USDT',
      is_spot_trading_allowed: true,
      permissions: 'SPOT',
    });
    assert.deepEqual(manifest, {
      schema_version: 1,
      as_of_date: '2024-10-13',
      start_date: '2024-10-04',
      benchmark: 'BTCUSDT',
      previous_pool: ['TRXUSDT', 'ADAUSDT'],
      metadata: [entry('ADAUSDT'), entry('BTCUSDT'), entry('TRXUSDT')],
      columns: 'day,open,high,low,close,volume,quote_volume',
      series: [
        { symbol: 'ADAUSDT', rows: 1, first_day: '2024-10-04', last_day: '2024-10-04' },
        { symbol: 'BTCUSDT', rows: 10, first_day: '2024-10-04', last_day: '2024-10-13' },
        { symbol: 'TRXUSDT', rows: 3, first_day: '2024-10-08', last_day: '2024-10-10' },
      ],
      bars: { bytes: 14 * 7 * 8, sha256: sha256(barsBytes) },
    });
  });

  it('is stored under the SHA-256 of its manifest', () => {
    const sealed = right(sealSnapshot(CONTENT));
    assert.equal(sealed.sha256, sha256(sealed.manifestBytes));
    const asOfDate = '2024-10-13';
    assert.ok(AsOfDate.is(asOfDate));
    assert.deepEqual(snapshotKeys(asOfDate, sealed.sha256), {
      manifest: `snapshots/2024-10-13/${sealed.sha256}/manifest.json`,
      bars: `snapshots/2024-10-13/${sealed.sha256}/bars.f64`,
    });
  });

  it('keeps its address: these bytes are stored and referred to', () => {
    assert.equal(
      right(sealSnapshot(CONTENT)).sha256,
      '688f3dd09688f8ec7cd0f6aca0ad06bde463512e9d56b1409811c7f5ce959115',
    );
  });

  it('stores bars as little-endian float64, column after column', () => {
    const { barsBytes } = right(sealSnapshot(CONTENT));
    const view = new DataView(barsBytes.buffer, barsBytes.byteOffset, barsBytes.byteLength);
    const value = (position: number) => view.getFloat64(position * 8, true);
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map(value), [FIRST, 2, 4, 1.5, 3, 1, 11]);
    assert.deepEqual([7, 16, 17, 18].map(value), [FIRST, FIRST + 9, 2, 2 + 1 / 7]);
  });

  it('contains what was sealed, ascending by symbol', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const { manifestBytes, barsBytes } = right(sealSnapshot(content));
        const opened = right(openSnapshot(manifestBytes, barsBytes));
        const order = (a: { symbol: string }, b: { symbol: string }) =>
          a.symbol < b.symbol ? -1 : 1;
        assert.deepEqual(opened, {
          ...content,
          metadata: [...content.metadata].sort(order),
          series: [...content.series].sort(order),
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is the same for any order of its symbols', () => {
    fc.assert(
      fc.property(contents, (content) => {
        assert.deepEqual(sealSnapshot(reversed(content)), sealSnapshot(content));
      }),
      { numRuns: 50 },
    );
  });

  it('is another one for another order of the previous pool', () => {
    const other = { ...CONTENT, previousPool: ['ADAUSDT', 'TRXUSDT'] };
    assert.notEqual(right(sealSnapshot(other)).sha256, right(sealSnapshot(CONTENT)).sha256);
  });

  it('is the same for 0 and -0', () => {
    const withVolume = (volume: number): SnapshotContent => ({
      ...CONTENT,
      series: [{ ...seriesOf('ADAUSDT', FIRST, 1), volume: Float64Array.of(volume) }],
    });
    assert.deepEqual(sealSnapshot(withVolume(-0)), sealSnapshot(withVolume(0)));
  });

  it('is refused when any byte of its bars has changed', () => {
    const { manifestBytes, barsBytes } = right(sealSnapshot(CONTENT));
    fc.assert(
      fc.property(
        fc.nat(barsBytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        (position, flip) => {
          const damaged = Uint8Array.from(barsBytes);
          damaged[position] = (damaged[position] ?? 0) ^ flip;
          assert.equal(
            refused(openSnapshot(manifestBytes, damaged)),
            `Snapshot: bars: expected SHA-256 ${sha256(barsBytes)}, got ${sha256(damaged)}`,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('has another address or is refused when any byte of its manifest has changed', () => {
    const sealed = right(sealSnapshot(CONTENT));
    fc.assert(
      fc.property(
        fc.nat(sealed.manifestBytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        (position, flip) => {
          const damaged = Uint8Array.from(sealed.manifestBytes);
          damaged[position] = (damaged[position] ?? 0) ^ flip;
          const opened = openSnapshot(damaged, sealed.barsBytes);
          if (opened._tag === 'Right') {
            assert.notDeepEqual(opened.right, CONTENT);
            assert.notEqual(right(sealSnapshot(opened.right)).sha256, sealed.sha256);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('shares memory with the bars it was opened from, and copies where they are not aligned', () => {
    const { manifestBytes, barsBytes } = right(sealSnapshot(CONTENT));
    const aligned = right(openSnapshot(manifestBytes, barsBytes));
    assert.equal(aligned.series[0]?.open.buffer, barsBytes.buffer);

    const shifted = new Uint8Array(barsBytes.length + 1).subarray(1);
    shifted.set(barsBytes);
    const copied = right(openSnapshot(manifestBytes, shifted));
    assert.notEqual(copied.series[0]?.open.buffer, shifted.buffer);
    assert.deepEqual(copied, aligned);
  });
});

describe('Opening refuses', () => {
  const sealed = right(sealSnapshot(CONTENT));
  const manifest: Record<string, unknown> = JSON.parse(text(sealed.manifestBytes));
  const CANONICAL =
    'Snapshot: manifest is not canonical: re-sealing its content gives another hash';

  const forged: readonly (readonly [string, unknown, string])[] = [
    [
      'an unknown schema version',
      { ...manifest, schema_version: 2 },
      'Snapshot manifest: schema_version: expected 1, got 2',
    ],
    [
      'a day that does not exist',
      { ...manifest, as_of_date: '2024-13-01' },
      'Snapshot manifest: as_of_date: expected AsOfDate (a day that exists, as YYYY-MM-DD), got "2024-13-01"',
    ],
    [
      'a missing field',
      { ...manifest, benchmark: undefined },
      'Snapshot manifest: benchmark: expected string, got nothing',
    ],
    [
      'an unknown field',
      { ...manifest, source: 'csv' },
      'Snapshot manifest: source: expected no such field, got "csv"',
    ],
    [
      'metadata out of order',
      {
        ...manifest,
        metadata: CONTENT.metadata.toReversed().map(({ symbol }) => ({
          symbol,
          status: 'TRADING',
          base_asset: symbol.slice(0, -4),
          quote_asset: 'USDT',
          is_spot_trading_allowed: true,
          permissions: 'SPOT',
        })),
      },
      CANONICAL,
    ],
    [
      'a range that its bars leave',
      { ...manifest, as_of_date: '2024-10-12' },
      'Snapshot: BTCUSDT: expected bars from 2024-10-04 to 2024-10-12, got 2024-10-04 to 2024-10-13',
    ],
    [
      'a size that its rows do not make',
      { ...manifest, bars: { bytes: 8, sha256: sha256(sealed.barsBytes) } },
      'Snapshot: bars: expected 784 bytes for 14 rows, got 8',
    ],
  ];
  for (const [title, value, message] of forged) {
    it(title, () => {
      assert.equal(refused(openSnapshot(bytesOf(value), sealed.barsBytes)), message);
    });
  }

  it('a manifest that is not canonical', () => {
    const spaced = new TextEncoder().encode(JSON.stringify(manifest, null, 1));
    assert.equal(refused(openSnapshot(spaced, sealed.barsBytes)), CANONICAL);
  });

  it('a manifest that is not JSON', () => {
    assert.match(
      refused(openSnapshot(sealed.manifestBytes.subarray(1), sealed.barsBytes)),
      /^Snapshot manifest: not JSON: /,
    );
  });

  it('bars that are cut off', () => {
    assert.equal(
      refused(openSnapshot(sealed.manifestBytes, sealed.barsBytes.subarray(8))),
      'Snapshot: bars: expected 784 bytes, got 776',
    );
  });
});

describe('Sealing refuses', () => {
  const ada = seriesOf('ADAUSDT', FIRST, 2);
  const table: readonly (readonly [string, Partial<SnapshotContent>, string])[] = [
    [
      'a series twice',
      { series: [ada, ada] },
      'Snapshot: series: expected ADAUSDT once, got it again',
    ],
    [
      'metadata twice',
      { metadata: [metadataOf('ADAUSDT'), metadataOf('ADAUSDT')] },
      'Snapshot: metadata: expected ADAUSDT once, got it again',
    ],
    [
      'a pool that names a symbol twice',
      { previousPool: ['B', 'A', 'B'] },
      'Snapshot: previous pool: expected B once, got it again',
    ],
    [
      'a series without bars',
      { series: [seriesOf('ADAUSDT', FIRST, 0)] },
      'Snapshot: ADAUSDT: expected bars, got none',
    ],
    [
      'columns of unequal length',
      { series: [{ ...ada, close: Float64Array.of(1) }] },
      'Snapshot: ADAUSDT: expected columns of 2 bars, got columns of other lengths',
    ],
    [
      'bars before the range',
      { series: [seriesOf('ADAUSDT', FIRST - 1, 2)] },
      'Snapshot: ADAUSDT: expected bars from 2024-10-04 to 2024-10-13, got 2024-10-03 to 2024-10-04',
    ],
    [
      'a missing value',
      { series: [{ ...ada, close: Float64Array.of(1, Number.NaN) }] },
      'Snapshot: ADAUSDT, 2024-10-05, close: expected a finite number, got NaN',
    ],
    [
      'unsorted days',
      { series: [{ ...ada, day: Int32Array.of(FIRST + 1, FIRST) }] },
      'Snapshot: ADAUSDT, 2024-10-04, date: expected a day after 2024-10-05, got 2024-10-04',
    ],
  ];
  for (const [title, change, message] of table) {
    it(title, () => {
      assert.equal(refused(sealSnapshot({ ...CONTENT, ...change })), message);
    });
  }

  it('with five sentences and the number of the others', () => {
    const bad = {
      ...ada,
      close: Float64Array.of(0, 0),
      open: Float64Array.of(0, 0),
      low: Float64Array.of(0, 0),
    };
    assert.match(refused(sealSnapshot({ ...CONTENT, series: [bad] })), /; and 1 more$/);
  });
});
