import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shown } from '../../../shared/codec/decode.js';
import * as primitives from '../../../shared/codec/primitives.js';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import { addDays, isoDay, parseIsoDay } from '../../../shared/day.js';

const {
  AsOfDate,
  DayStart,
  Finite,
  GsUri,
  Mode,
  PositiveInteger,
  Revision,
  Sha256,
  SymbolUsdt,
  Text,
  Timestamp,
  Version,
} = primitives;

const cases: readonly (readonly [
  { readonly name: string; readonly is: (value: unknown) => boolean },
  readonly unknown[],
  readonly unknown[],
])[] = [
  [
    AsOfDate,
    ['2026-03-13', '2024-02-29', '2000-02-29', '0000-02-29'],
    [
      '2026-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-00-10',
      '2026-3-13',
      ' 2026-03-13',
      '2026-03-13\n',
      20260313,
      null,
    ],
  ],
  [Mode, ['core_major', 'a', 'm2'], ['', 'Core', '2m', 'a/b', '..', 'a'.repeat(41)]],
  [
    Version,
    ['2026-03-13-core_major'],
    ['2026-02-30-core_major', '2026-03-13', '2026-03-13-', '2026-03-13_core', '2026-03-13-Core'],
  ],
  [
    SymbolUsdt,
    ['TRXUSDT', '1000SATSUSDT', '币安人生USDT', 'USDTUSDT'],
    [
      'trxUSDT',
      'TRXusdt',
      'TRXUSDC',
      'USDT',
      'TRX/USDT',
      ' TRXUSDT',
      'TRX USDT',
      `${'A'.repeat(21)}USDT`,
    ],
  ],
  [Sha256, ['0'.repeat(64), 'a1'.repeat(32)], ['A'.repeat(64), '0'.repeat(63), '0'.repeat(65)]],
  [
    Timestamp,
    ['2026-03-13T13:00:00+00:00', '2026-03-13T23:59:59+00:00'],
    [
      '2026-03-13T24:00:00+00:00',
      '2026-03-13T13:00:00Z',
      '2026-03-13T13:00:00.5+00:00',
      '2026-02-30T13:00:00+00:00',
      '2026-03-13T13:00:00+01:00',
    ],
  ],
  [DayStart, ['2026-03-13T00:00:00Z'], ['2026-03-13T00:00:01Z', '2026-02-30T00:00:00Z']],
  [Revision, ['0123456789abcdef0123456789abcdef01234567'], ['HEAD', '0123456', 'G'.repeat(40)]],
  [Text, ['x', ' x ', '币', 'a\nb'], ['', ' ', '\n\t', 1, null]],
  [
    GsUri,
    ['gs://b/o', 'gs://b/r/releases/v'],
    ['gs://b', 'gs://b/', 'gs:///o', 'http://b/o', 'gs://b/a b'],
  ],
  [PositiveInteger, [1, 5, Number.MAX_SAFE_INTEGER], [0, -1, 1.5, 2 ** 53, Number.NaN, '1', null]],
  [Finite, [0, -1.5, 1e300], [Number.NaN, Number.POSITIVE_INFINITY, '1', null]],
];

describe('the primitives of the contract', () => {
  for (const [codec, accepted, refused] of cases) {
    for (const value of accepted)
      it(`accept ${shown(value)} as ${codec.name}`, () => {
        assert.ok(codec.is(value));
      });
    for (const value of refused)
      it(`reject ${shown(value)} as ${codec.name}`, () => {
        assert.ok(!codec.is(value));
      });
  }

  it('accept every day of the calendar, and no other text', () => {
    for (
      let day = parseIsoDay('1896-01-01');
      day < parseIsoDay('2105-01-01');
      day = addDays(day, 1)
    )
      assert.ok(AsOfDate.is(isoDay(day)), isoDay(day));
    const digits = fc.integer({ min: 0, max: 39 }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), digits, digits, (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${month}-${day}`;
        assert.equal(AsOfDate.is(text), !Number.isNaN(parseIsoDay(text)), text);
      }),
      { numRuns: 2000 },
    );
  });

  it('publish the pattern that they check', () => {
    assert.equal(Sha256.schema.type === 'string' && Sha256.schema.pattern, '^(?:[0-9a-f]{64})$');
    assert.deepEqual(PositiveInteger.schema, {
      type: 'integer',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'a whole number of at least 1',
    });
  });

  it('accept the defaults', () => {
    assert.ok(Mode.is(DEFAULTS.mode));
    assert.ok(PositiveInteger.is(DEFAULTS.poolSize));
  });

  it('are made from their parts', () => {
    const [day, mode] = ['2026-03-13', 'core_major'];
    assert.ok(AsOfDate.is(day) && Mode.is(mode));
    assert.ok(Version.is(primitives.versionOf(day, mode)));
    assert.ok(DayStart.is(primitives.dayStartOf(day)));
    assert.ok(GsUri.is(primitives.gsUriOf('bucket', 'root/current')));
    assert.equal(
      primitives.timestampOf(new Date('2026-03-13T13:00:00.999Z')),
      '2026-03-13T13:00:00+00:00',
    );
  });
});
