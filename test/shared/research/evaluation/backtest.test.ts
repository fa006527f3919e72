import assert from 'node:assert/strict';
import { dateRange } from '../../../../shared/ranking/cross-section.js';
import { runBacktest, TRADING_COST } from '../../../../shared/research/evaluation/backtest.js';
import { performanceOf } from '../../../../shared/research/evaluation/performance.js';
import { weeklyPortfolios } from '../../../../shared/research/evaluation/portfolios.js';
import { totalOrder } from '../../../../shared/research/evaluation/tie-breaking.js';
import { calendarPosition } from '../../../../shared/units.js';
import { assertNear } from '../../../support/assert-near.js';
import { always, handMadeMarket, handMadeScores, setFact } from '../hand-made-market.js';

describe('weeklyPortfolios', () => {
  // Thursday to the Tuesday after next: signals on day 0 (the first), 3, 10 (Sundays) and 12 (the
  // last).
  const days = 13;
  const names = ['AUSDT', 'BUSDT', 'CUSDT', 'DUSDT'];
  const market = handMadeMarket(Object.fromEntries(names.map((name) => [name, always(1, days)])));
  setFact(market, 'vol20', {
    AUSDT: always(0.01, days),
    BUSDT: always(0.05, days),
    CUSDT: always(0.1, days),
    DUSDT: always(0.1, days),
  });
  const range = dateRange(0, days - 1);

  it('hold the best three by inverse volatility from the day after the signal', () => {
    const scores = handMadeScores(market, {
      rule_score: {
        AUSDT: always(0.9, days),
        BUSDT: always(0.8, days),
        CUSDT: always(0.7, days),
        DUSDT: always(0.6, days),
      },
    });
    const portfolios = weeklyPortfolios(market, scores, 'rule_score', totalOrder, range);
    assert.deepEqual(
      portfolios.map(({ from }) => from),
      [1, 4, 11],
    );
    for (const { symbols, weights } of portfolios) {
      assert.deepEqual([...symbols], [0, 1, 2]);
      // The volatility of A counts as 0.05.
      assert.deepEqual([...weights], [0.4, 0.4, 0.2]);
    }
  });

  it('are left as they are on a date without scores', () => {
    const scores = handMadeScores(market, {
      ml_score: { BUSDT: [NaN, NaN, NaN, 0.4], DUSDT: [NaN, NaN, NaN, 0.5] },
    });
    const portfolios = weeklyPortfolios(market, scores, 'ml_score', totalOrder, range);
    assert.equal(portfolios.length, 1);
    assert.deepEqual([...(portfolios[0]?.symbols ?? [])], [3, 1]);
  });

  it('are made on the first day of a range, too', () => {
    const scores = handMadeScores(market, { rule_score: { AUSDT: always(1, days) } });
    const within = dateRange(5, 11);
    const portfolios = weeklyPortfolios(market, scores, 'rule_score', totalOrder, within);
    assert.deepEqual(
      portfolios.map(({ from }) => from),
      [6, 11],
    );
  });
});

describe('runBacktest', () => {
  const { panel } = handMadeMarket({
    AUSDT: [100, 110, 121, 121, 100],
    BUSDT: [10, 10, null, 20, 30],
  });
  const hold = (from: number, ...weights: readonly [number, number]) => ({
    from: calendarPosition(from),
    symbols: Int32Array.of(0, 1),
    weights: Float64Array.from(weights),
  });
  const range = dateRange(0, 4);

  it('earns from open to open after costs, with constant weights', () => {
    const { netReturn, equity, turnover } = runBacktest(
      panel,
      [hold(1, 0.5, 0.5), hold(3, 0.25, 0.75)],
      range,
    );
    assert.deepEqual([...turnover], [0, 0.5, 0, 0.25, 0]);
    const expected = [
      0,
      // B has no bar on day 2, so nothing is known of it on days 1 and 2.
      0.5 * 0.1 - 0.5 * TRADING_COST,
      0,
      0.25 * (100 / 121 - 1) + 0.75 * 0.5 - 0.25 * TRADING_COST,
      // The last day has no next open.
      0,
    ];
    let wealth = 1;
    for (const [day, value] of expected.entries()) {
      assertNear(netReturn[day], value, `net return of day ${day}`);
      wealth *= 1 + value;
      assertNear(equity[day], wealth, `equity of day ${day}`);
    }
  });

  it('reads nothing beyond its range', () => {
    const { netReturn } = runBacktest(panel, [hold(1, 1, 0)], dateRange(1, 1));
    assert.deepEqual([...netReturn], [-0.5 * TRADING_COST]);
  });

  it('counts names that leave and enter as traded', () => {
    const other = {
      from: calendarPosition(2),
      symbols: Int32Array.of(1),
      weights: Float64Array.of(1),
    };
    const only = {
      from: calendarPosition(1),
      symbols: Int32Array.of(0),
      weights: Float64Array.of(1),
    };
    const { turnover } = runBacktest(panel, [only, other], range);
    assert.deepEqual([...turnover], [0, 0.5, 1, 0, 0]);
  });
});

describe('performanceOf', () => {
  it('annualises by 365 days, with population deviations', () => {
    const done = performanceOf({
      range: dateRange(0, 3),
      netReturn: Float64Array.of(0.1, -0.1, 0.1, -0.1),
      equity: Float64Array.of(1.1, 0.99, 1.089, 0.9801),
      turnover: Float64Array.of(0.5, 0, 0.25, 0.25),
    });
    const expected = {
      cagr: 0.9801 ** (365 / 4) - 1,
      volatility: 0.1 * Math.sqrt(365),
      sharpe: 0,
      sortino: 0,
      maxDrawdown: 0.9801 / 1.1 - 1,
      calmar: (0.9801 ** (365 / 4) - 1) / (1 - 0.9801 / 1.1),
      winRate: 0.5,
      turnover: 91.25,
    };
    for (const [name, value] of Object.entries(expected)) {
      assertNear(Reflect.get(done, name), value, name);
    }
  });

  it('has no ratios if no position was ever held', () => {
    const idle = performanceOf({
      range: dateRange(0, 1),
      netReturn: Float64Array.of(0, 0),
      equity: Float64Array.of(1, 1),
      turnover: Float64Array.of(0, 0),
    });
    assert.deepEqual(idle, {
      cagr: 0,
      volatility: 0,
      sharpe: NaN,
      sortino: NaN,
      maxDrawdown: 0,
      calmar: NaN,
      winRate: 0,
      turnover: 0,
    });
  });
});
