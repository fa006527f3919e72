import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { addDays } from '../../../../shared/day.js';
import { coverageOf, isSufficient } from '../../../../shared/market-data/quality/coverage.js';
import { checkQuality } from '../../../../shared/market-data/quality/gate.js';
import type { LoadedMarket } from '../../../../shared/market-data/quality/loaded-market.js';
import { tradingPair } from '../../../support/synthetic-bars.js';
import { AS_OF, changed, marketOf, sealed, steady } from './loaded-market.js';

const nameOf = (index: number): string => `C${String(index).padStart(3, '0')}USDT`;

/** So many candidates besides the benchmark, the last `missing` of them a day behind. */
const crowd = (candidates: number, missing: number, own: Partial<LoadedMarket> = {}) => {
  const symbols = Array.from({ length: candidates }, (_, index) => nameOf(index));
  const series = symbols.map((symbol, index) =>
    steady(symbol, index < candidates - missing ? 40 : 39),
  );
  return marketOf([steady(), ...series], { candidates: symbols, ...own });
};

const FILES = { id: 'csv', live: false };
const failureOf = (market: LoadedMarket, source = FILES) => {
  const passed = checkQuality(source, market);
  return E.isLeft(passed) ? passed.left : undefined;
};

describe('The coverage of a market', () => {
  const shares: readonly (readonly [number, number, boolean])[] = [
    [0, 0, true],
    [1, 0, true],
    [1, 1, false],
    [49, 1, false],
    [50, 1, true],
    [1000, 20, true],
    [1000, 21, false],
  ];
  for (const [candidates, missing, enough] of shares)
    it(`${enough ? 'suffices' : 'is too small'} with ${candidates - missing} of ${candidates} candidates`, () => {
      const market = crowd(candidates, missing);
      const coverage = coverageOf(market);
      assert.deepEqual([coverage.candidates, coverage.covered], [candidates, candidates - missing]);
      assert.equal(isSufficient(coverage), enough);
      assert.equal(failureOf(market) === undefined, enough);
    });

  it('does not count symbols listed after the as-of day', () => {
    const market = crowd(10, 0, { candidates: [nameOf(0), 'NEWUSDT'] });
    assert.equal(isSufficient(coverageOf(market)), false);
    const later = { ...market, listedLater: new Map([['NEWUSDT', addDays(AS_OF, 1)]]) };
    assert.deepEqual(coverageOf(later), {
      candidates: 1,
      covered: 1,
      missing: [],
      missingFromPool: [],
    });
  });

  const stopped = steady('ADAUSDT', 30);
  const listedAs = (status: string) => [tradingPair('TRXUSDT'), tradingPair('ADAUSDT', { status })];
  const members: readonly (readonly [string, Partial<LoadedMarket>, boolean])[] = [
    ['listed and without bars', { metadata: listedAs('TRADING') }, true],
    ['listed and behind', { metadata: listedAs('TRADING'), series: [steady(), stopped] }, true],
    [
      'delisted within the month',
      { metadata: listedAs('BREAK'), series: [steady(), stopped] },
      false,
    ],
    ['delisted, its bars gone', { metadata: listedAs('BREAK') }, false],
    ['unlisted, its bars still there', { series: [steady(), stopped] }, false],
    ['unlisted, known to the last snapshot', { before: sealed(steady('ADAUSDT')) }, false],
    ['unlisted and unheard of', { before: sealed(steady('XRPUSDT')) }, true],
    ['complete', { series: [steady(), steady('ADAUSDT')] }, false],
  ];
  for (const [what, own, demanded] of members)
    it(`${demanded ? 'demands' : 'does not demand'} a pool member that is ${what}`, () => {
      const market = marketOf([steady()], { previousPool: ['ADAUSDT'], ...own });
      assert.deepEqual(coverageOf(market).missingFromPool, demanded ? ['ADAUSDT'] : []);
      assert.equal(failureOf(market) !== undefined, demanded);
    });

  it('requires a pool whose members are all missing: coins are delisted one by one', () => {
    const previousPool = ['ADAUSDT', 'XRPUSDT'];
    const before = sealed(steady('ADAUSDT'), steady('XRPUSDT'));
    const market = marketOf([steady()], { previousPool, before });
    assert.deepEqual(coverageOf(market).missingFromPool, previousPool);
    assert.notEqual(failureOf(market), undefined);
    const one = marketOf([steady(), steady('XRPUSDT')], { previousPool, before });
    assert.deepEqual(coverageOf(one).missingFromPool, []);
  });
});

describe('The messages of the data-quality gate', () => {
  it('on too few bars name the missing symbols, and are permanent for files', () => {
    const failure = failureOf(crowd(100, 3, { previousPool: ['XUSDT', 'AUSDT'] }));
    assert.deepEqual(
      [failure?.kind, failure?.code, failure?.message],
      [
        'permanent',
        'upstream-incomplete',
        'csv: expected the bar of 2026-02-09 of the whole previous pool and of at least 98 % of the candidates, but the pool lacks 2 (AUSDT, XUSDT); 3 of 100 candidates lack it (C097USDT, C098USDT, C099USDT). A member that is gone for good is left out by naming previous_pool (run --previous-pool)',
      ],
    );
    assert.deepEqual(failure?.context, { candidates: 100, covered: 97, missing_from_pool: 2 });
  });

  it('on very many missing symbols name the first twenty and the count', () => {
    const message = failureOf(crowd(100, 23), { id: 'an exchange', live: true })?.message;
    assert.match(
      String(message),
      /23 of 100 candidates lack it \(C077USDT, .*, C096USDT and 3 more\)$/,
    );
  });

  it('on a live source are transient', () => {
    const live = { id: 'an exchange', live: true };
    assert.equal(failureOf(crowd(10, 1), live)?.kind, 'transient');
    assert.equal(failureOf(crowd(10, 1, { benchmark: 'BTCUSDT' }), live)?.kind, 'transient');
  });

  for (const [what, metadata, got] of [
    [
      'that has halted everything',
      [tradingPair('TRXUSDT', { status: 'BREAK' }), tradingPair('ADAUSDT', { status: 'BREAK' })],
      'its status is BREAK',
    ],
    ['that lists nothing', [], 'it is not listed'],
  ] as const)
    it(`on an exchange ${what} are transient`, () => {
      const market = marketOf([steady(), steady('ADAUSDT', 30)], {
        previousPool: ['ADAUSDT'],
        candidates: [],
        metadata,
      });
      const failure = failureOf(market, { id: 'an exchange', live: true });
      assert.deepEqual(
        [failure?.kind, failure?.code, failure?.message],
        [
          'transient',
          'upstream-incomplete',
          `an exchange: expected the exchange to be open, with TRXUSDT TRADING, but ${got}; what it says of the other pairs cannot be relied on`,
        ],
      );
      assert.equal(failureOf(market), undefined, 'files are not live, so nothing is missing yet');
    });

  it('on an invalid bar name the first three findings and the count, and are permanent', () => {
    const broken = ['DUSDT', 'CUSDT', 'BUSDT', 'AUSDT'].map((symbol) =>
      changed(steady(symbol), 1, { low: -1 }),
    );
    const failure = failureOf(marketOf([steady(), ...broken]), { id: 'an exchange', live: true });
    const one = (symbol: string) =>
      `${symbol} 2026-01-02, non-positive-price, low: expected a price above 0, got -1`;
    assert.deepEqual(
      [failure?.kind, failure?.code, failure?.message],
      [
        'permanent',
        'malformed-input',
        `an exchange: bars that break a rule, 4 in all, and nothing is sealed: ${one('AUSDT')}; ${one('BUSDT')}; ${one('CUSDT')}; and 1 more`,
      ],
    );
    assert.deepEqual(failure?.context, { refusing_findings: 4 });
  });

  it('on an invalid bar take precedence over missing bars', () => {
    const market = marketOf([changed(steady(), 1, { low: -1 })], { benchmark: 'BTCUSDT' });
    assert.equal(failureOf(market)?.code, 'malformed-input');
  });
});
