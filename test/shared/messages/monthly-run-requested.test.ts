import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../../shared/codec/decode.js';
import type { AsOfDate, Mode, SymbolUsdt } from '../../../shared/codec/primitives.js';
import { AsOfDate as AsOfDateCodec } from '../../../shared/codec/primitives.js';
import { RunId } from '../../../shared/messages/envelope.js';
import {
  RunRequest,
  resolveRequest,
  runIdOf,
} from '../../../shared/messages/monthly-run-requested.js';
import { asOfDate, mode } from '../../support/arbitraries.js';

const CORE = 'core_major' as Mode;
const day = (text: string) => text as AsOfDate;

describe('The period of a month that names none', () => {
  const table: readonly (readonly [string, string])[] = [
    ['2026-02-01T00:00:00Z', '2026-01-31'],
    ['2026-01-01T00:00:00Z', '2025-12-31'],
    ['2026-01-31T23:59:59.999Z', '2025-12-31'],
    ['2025-12-31T23:59:59.999Z', '2025-11-30'],
    ['2024-03-05T07:00:00Z', '2024-02-29'],
    ['2025-03-05T07:00:00Z', '2025-02-28'],
    ['2000-03-01T00:00:00Z', '2000-02-29'],
    ['2100-03-01T00:00:00Z', '2100-02-28'],
    ['2026-05-31T12:00:00Z', '2026-04-30'],
    // A run hours late still belongs to its month; in Adelaide it is the next day already.
    ['2026-03-31T20:00:00Z', '2026-02-28'],
  ];
  for (const [publishedAt, expected] of table) {
    it(`is ${expected} when the message was published at ${publishedAt}`, () => {
      const resolved = resolveRequest({}, new Date(publishedAt), CORE);
      assert.deepEqual(resolved, {
        mode: 'core_major',
        as_of_date: expected,
        version: `${expected}-core_major`,
        dry_run: false,
        allow_stale: false,
        previous_pool: null,
      });
    });
  }

  it('is the last day of the month before, for every instant', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-02-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
        (publishedAt) => {
          const { as_of_date } = resolveRequest({}, publishedAt, CORE);
          assert.ok(AsOfDateCodec.is(as_of_date));
          const next = new Date(Date.parse(`${as_of_date}T00:00:00Z`) + 86_400_000);
          assert.equal(next.toISOString().slice(0, 7), publishedAt.toISOString().slice(0, 7));
          assert.equal(next.getUTCDate(), 1);
        },
      ),
    );
  });
});

describe('A request that names something', () => {
  it('keeps the given value', () => {
    const request: RunRequest = {
      mode: 'broad_liquid' as Mode,
      as_of_date: day('2024-02-29'),
      dry_run: true,
      allow_stale: true,
      previous_pool: ['TRXUSDT' as SymbolUsdt],
    };
    assert.deepEqual(resolveRequest(request, new Date('2026-03-14T00:00:00Z'), CORE), {
      mode: 'broad_liquid',
      as_of_date: '2024-02-29',
      version: '2024-02-29-broad_liquid',
      dry_run: true,
      allow_stale: true,
      previous_pool: ['TRXUSDT'],
    });
  });

  it('distinguishes an empty previous pool from a missing one', () => {
    const none = resolveRequest({ previous_pool: [] }, new Date('2026-03-14T00:00:00Z'), CORE);
    assert.deepEqual(none.previous_pool, []);
  });

  const refused: readonly (readonly [string, unknown, string])[] = [
    [
      'a day that does not exist',
      { as_of_date: '2025-02-29' },
      'as_of_date: expected AsOfDate (a day that exists, as YYYY-MM-DD), got "2025-02-29"',
    ],
    [
      'a mode in capitals',
      { mode: 'CORE' },
      'mode: expected Mode (lower-case letters, digits and _, e.g. core_major), got "CORE"',
    ],
    ['a misspelt flag', { dryRun: true }, 'dryRun: expected no such field, got true'],
    ['a flag as text', { dry_run: 'true' }, 'dry_run: expected boolean, got "true"'],
    [
      'null for a date',
      { as_of_date: null },
      'as_of_date: expected AsOfDate (a day that exists, as YYYY-MM-DD), got null',
    ],
    [
      'a pool of other pairs',
      { previous_pool: ['BTCEUR'] },
      'previous_pool.0: expected SymbolUsdt (an upper-case symbol that ends in USDT), got "BTCEUR"',
    ],
    ['a list', [], 'expected an object (RunRequest), got []'],
    ['text', 'now', 'expected an object (RunRequest), got "now"'],
    ['null', null, 'expected an object (RunRequest), got null'],
  ];
  for (const [title, value, sentence] of refused) {
    it(`is refused for ${title}`, () => {
      const result = decode(RunRequest, 'request')(value);
      assert.ok(E.isLeft(result));
      assert.equal(result.left.message, `request: ${sentence}`);
    });
  }
});

describe('The id of a run', () => {
  const publishedAt = new Date('2026-03-01T06:00:00Z');
  const idOf = (request: RunRequest, at = publishedAt) =>
    runIdOf(resolveRequest(request, at, CORE));

  it('is the version and twelve digits of the request’s hash', () => {
    assert.match(idOf({}), /^2026-02-28-core_major-[0-9a-f]{12}$/);
  });

  it('is the same whether the default is written out or not', () => {
    const implicit = idOf({});
    assert.equal(idOf({ as_of_date: day('2026-02-28') }), implicit);
    assert.equal(idOf({ mode: CORE, dry_run: false, allow_stale: false }), implicit);
    assert.equal(idOf({ as_of_date: day('2026-02-28') }, new Date('2027-01-01')), implicit);
  });

  it('is the same for every message of the month', () => {
    assert.equal(idOf({}, new Date('2026-03-31T23:59:59Z')), idOf({}));
    assert.notEqual(idOf({}, new Date('2026-04-01T00:00:00Z')), idOf({}));
  });

  it('differs if any field of the request differs', () => {
    const ids = [
      idOf({}),
      idOf({ dry_run: true }),
      idOf({ allow_stale: true }),
      idOf({ previous_pool: [] }),
      idOf({ previous_pool: ['ADAUSDT' as SymbolUsdt, 'TRXUSDT' as SymbolUsdt] }),
      idOf({ previous_pool: ['TRXUSDT' as SymbolUsdt, 'ADAUSDT' as SymbolUsdt] }),
      idOf({ mode: 'broad_liquid' as Mode }),
      idOf({ as_of_date: day('2026-02-27') }),
    ];
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is valid for any request', () => {
    fc.assert(
      fc.property(asOfDate, mode, fc.boolean(), (as_of_date, name, dry_run) => {
        assert.ok(RunId.is(idOf({ as_of_date, mode: name, dry_run })));
      }),
    );
  });
});
