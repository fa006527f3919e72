import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BarSeries } from '../../../../shared/market-data/bars.js';
import type { QualityRule } from '../../../../shared/market-data/quality/finding.js';
import { inspect } from '../../../../shared/market-data/quality/inspect.js';
import { randomWalk } from '../../../support/synthetic-bars.js';
import { AS_OF, changed, FIRST, marketOf, rescaled, rows } from './loaded-market.js';

const LENGTH = AS_OF - FIRST + 1;

/** Daily moves within ±5 % and volumes within ±40 % of the level: nothing to tell. */
const walk = (symbol: string, seed: number): BarSeries =>
  randomWalk({ symbol, first: FIRST, length: LENGTH, seed });

const seed = fc.integer({ min: 0, max: 1e6 });
const market = fc
  .uniqueArray(fc.constantFrom('ADAUSDT', 'ETHUSDT', 'LTCUSDT', 'TRXUSDT', 'ZECUSDT'), {
    minLength: 1,
  })
  .chain((symbols) => fc.tuple(...symbols.map((symbol) => seed.map((one) => walk(symbol, one)))))
  .map((series): readonly BarSeries[] => series);

/** Positions with neighbours on both sides and enough bars before to know the usual volume. */
const position = fc.integer({ min: 12, max: LENGTH - 3 });
const order = Array.from({ length: LENGTH }, (_, index) => index);

type Defect = (series: BarSeries, at: number) => BarSeries;

const defects = {
  'duplicate-day': (series, at) => rows(series, [...order.slice(0, at), at, ...order.slice(at)]),
  'unsorted-day': (series, at) =>
    rows(series, [...order.slice(0, at), at + 1, at, ...order.slice(at + 2)]),
  'non-finite': (series, at) => changed(series, at, { close: Number.POSITIVE_INFINITY }),
  'non-positive-price': (series, at) => changed(series, at, { close: -1 }),
  'high-below-low': (series, at) => changed(series, at, { high: 1e-3 }),
  'negative-volume': (series, at) => changed(series, at, { volume: -1 }),
  gap: (series, at) => rows(series, [...order.slice(0, at), ...order.slice(at + 1)]),
  'zero-volume': (series, at) => changed(series, at, { volume: 0, quoteVolume: 0 }),
  'big-move': (series, at) => rescaled(series, at, 10),
  'move-without-volume': (series, at) => changed(rescaled(series, at, 10), at, { quoteVolume: 1 }),
  halted: (series, at) => rows(series, order.slice(0, at)),
} satisfies Partial<Record<QualityRule, Defect>>;

describe('The data-quality gate', () => {
  it('reports no finding for a valid market', () => {
    fc.assert(fc.property(market, (series) => assert.deepEqual(inspect(marketOf(series)), [])));
  });

  for (const [rule, inserted] of Object.entries(defects))
    it(`finds exactly the one planted ${rule}`, () => {
      fc.assert(
        fc.property(market, fc.nat(), position, (series, which, at) => {
          const chosen = which % series.length;
          const damaged = series.map((one, index) => (index === chosen ? inserted(one, at) : one));
          assert.deepEqual(
            inspect(marketOf(damaged)).map((finding) => [finding.symbol, finding.rule]),
            [[series[chosen]?.symbol, rule]],
          );
        }),
        { numRuns: 30 },
      );
    });

  it('returns the same findings for any order of the symbols, and changes no bar', () => {
    const { gap, halted, 'zero-volume': silent, 'big-move': move } = defects;
    const all = fc.constantFrom<Defect[]>(...Object.values(defects));
    const harmless = fc.constantFrom<Defect[]>(gap, halted, silent, move);
    const damaged = fc
      .tuple(market, fc.constantFrom(all, harmless))
      .chain(([series, damage]) =>
        fc.tuple(
          ...series.map((one) => fc.tuple(damage, position).map(([put, at]) => put(one, at))),
        ),
      );
    const shuffled = damaged.chain((series) =>
      fc.tuple(
        fc.constant<readonly BarSeries[]>(series),
        fc.shuffledSubarray<BarSeries>([...series], { minLength: series.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([series, other]) => {
        const before = structuredClone(series);
        const findings = inspect(marketOf(series, { previousPool: ['GONEUSDT', 'TRXUSDT'] }));
        const again = inspect(marketOf(other, { previousPool: ['TRXUSDT', 'GONEUSDT'] }));
        assert.deepEqual(again, findings);
        assert.deepEqual(series, before);
      }),
    );
  });
});
