import assert from 'node:assert/strict';
import type { BarSeries } from '../../../../shared/market-data/bars.js';
import { column } from '../../../../shared/ranking/column-table.js';
import { computeFeatures } from '../../../../shared/ranking/features/feature-set.js';
import {
  DATE_FEATURES,
  FEATURES,
  ROW_COLUMNS,
  type RowColumn,
} from '../../../../shared/ranking/features/names.js';
import { buildPanel } from '../../../../shared/ranking/panel.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

const sumOf = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0);
const meanOf = (xs: readonly number[]): number => sumOf(xs) / xs.length;
const sdOf = (xs: readonly number[]): number => {
  const mean = meanOf(xs);
  return Math.sqrt(sumOf(xs.map((x) => (x - mean) ** 2)) / (xs.length - 1));
};

/**
 * The row features of METHOD §4 written down as they stand there, window by window; slow, and
 * without a line in common with the kernels.
 */
const directFeatures = (
  bars: BarSeries,
  benchmark: BarSeries,
): ((name: RowColumn, t: number) => number) => {
  const at = (xs: Float64Array, t: number): number => xs[t] ?? NaN;
  const C = (t: number): number => at(bars.close, t);
  const V = (t: number): number => at(bars.quoteVolume, t);
  const b = (t: number): number => benchmark.day.indexOf(bars.day[t] ?? -1);
  const B = (u: number): number => at(benchmark.close, u);
  /** The values of the last n rows, or undefined if one of them is missing. */
  const roll = (x: (t: number) => number, t: number, n: number): readonly number[] | undefined => {
    const window = Array.from({ length: n }, (_, k) => x(t - n + 1 + k));
    return window.some(Number.isNaN) ? undefined : window;
  };
  const over = (
    window: readonly number[] | undefined,
    statistic: (xs: readonly number[]) => number,
  ): number => (window === undefined ? NaN : statistic(window));
  const max = (xs: readonly number[]): number => Math.max(...xs);
  const roc = (n: number, t: number): number => C(t) / C(t - n) - 1;
  const r = (t: number): number => roc(1, t);
  const sma = (n: number, t: number): number => over(roll(C, t, n), meanOf);
  const rs = (n: number, t: number): number => roc(n, t) - (B(b(t)) / B(b(t) - n) - 1);
  const combo = (x: (n: number, t: number) => number, t: number): number =>
    0.5 * x(20, t) + 0.3 * x(60, t) + 0.2 * x(120, t);
  const vol = (n: number, t: number): number => over(roll(r, t, n), sdOf) * Math.sqrt(365);
  const d = (t: number): number => (t < 0 ? NaN : Math.min(r(t) || 0, 0));
  const range = (t: number): number =>
    t < 0
      ? NaN
      : Math.max(
          at(bars.high, t) - at(bars.low, t),
          t > 0 ? Math.abs(at(bars.high, t) - C(t - 1)) : 0,
          t > 0 ? Math.abs(at(bars.low, t) - C(t - 1)) : 0,
        );
  const fall = (t: number): number => (100 * (C(t) / over(roll(C, t, 50), max) - 1)) ** 2;
  const ulcer = (t: number): number => Math.sqrt(over(roll(fall, t, 50), meanOf));
  const drawdown = (t: number): number =>
    C(t) / max([...bars.close.subarray(Math.max(0, t - 179), t + 1)]) - 1;
  const volume = (n: number, t: number): number => over(roll(V, t, n), meanOf);
  const averages = (t: number): readonly number[] =>
    [30, 90, 180].map((n) => volume(n, t)).filter((x) => !Number.isNaN(x));
  const br = (t: number): number => B(b(t)) / B(b(t) - 1) - 1;
  const comoment = (x: (t: number) => number, y: (t: number) => number, t: number): number => {
    const [xs, ys] = [roll(x, t, 60), roll(y, t, 60)];
    if (xs === undefined || ys === undefined) return NaN;
    const [mx, my] = [meanOf(xs), meanOf(ys)];
    return sumOf(xs.map((v, k) => (v - mx) * ((ys[k] ?? NaN) - my))) / 59;
  };
  const formulas: Readonly<Record<RowColumn, (t: number) => number>> = {
    daily_return: r,
    roc20: (t) => roc(20, t),
    roc60: (t) => roc(60, t),
    roc120: (t) => roc(120, t),
    rs20: (t) => rs(20, t),
    rs60: (t) => rs(60, t),
    rs120: (t) => rs(120, t),
    rs_combo: (t) => combo(rs, t),
    rs_risk_adj: (t) => combo(rs, t) / vol(20, t),
    price_vs_sma20: (t) => C(t) / sma(20, t) - 1,
    price_vs_sma60: (t) => C(t) / sma(60, t) - 1,
    price_vs_sma120: (t) => C(t) / sma(120, t) - 1,
    price_vs_sma200: (t) => C(t) / sma(200, t) - 1,
    trend_persist_90: (t) =>
      over(
        roll((u) => (u < 0 ? NaN : C(u) > sma(200, u) ? 1 : 0), t, 90),
        meanOf,
      ),
    ma200_slope: (t) => sma(200, t) / sma(200, t - 20) - 1,
    dist_to_90d_high: (t) => C(t) / over(roll(C, t, 90), max) - 1,
    dist_to_180d_high: (t) => C(t) / over(roll(C, t, 180), max) - 1,
    breakout_proximity: (t) => C(t) / over(roll(C, t, 90), max),
    vol20: (t) => vol(20, t),
    vol60: (t) => vol(60, t),
    momentum_combo: (t) => combo(roc, t),
    risk_adjusted_momentum: (t) => combo(roc, t) / vol(20, t),
    downside_volatility: (t) => over(roll(d, t, 60), sdOf) * Math.sqrt(365),
    atr_ratio: (t) => over(roll(range, t, 14), meanOf) / C(t),
    rolling_drawdown: drawdown,
    ulcer_index: ulcer,
    drawdown_severity: (t) => Math.abs(drawdown(t)) * (1 + (ulcer(t) || 0) / 100),
    quote_volume: V,
    avg_quote_vol_30: (t) => volume(30, t),
    avg_quote_vol_90: (t) => volume(90, t),
    avg_quote_vol_180: (t) => volume(180, t),
    liquidity_stability: (t) =>
      averages(t).length === 0 ? NaN : Math.min(...averages(t)) / Math.max(...averages(t)),
    age_days: (t) => t + 1,
    tradable_ratio_180: (t) =>
      t < 29
        ? NaN
        : meanOf(
            [...bars.quoteVolume.subarray(Math.max(0, t - 179), t + 1)].map((v) => (v > 0 ? 1 : 0)),
          ),
    rolling_beta_to_btc: (t) => comoment(r, br, t) / comoment(br, br, t),
    rolling_corr_to_btc: (t) =>
      comoment(r, br, t) / Math.sqrt(comoment(r, r, t) * comoment(br, br, t)),
    recent_liquidity_acceleration: (t) => volume(30, t) / volume(180, t) - 1,
  };
  return (name, t) => formulas[name](t);
};

const LENGTH = 320;
const btc = randomWalk({ symbol: 'BTCUSDT', first: 40, length: LENGTH, seed: 11 });
const coin = randomWalk({
  symbol: 'COINUSDT',
  first: 0,
  length: LENGTH,
  seed: 12,
  gaps: [70, 71, 200],
});
const panel = buildPanel([coin, btc]);
const features = computeFeatures(panel);
const ofCoin = (name: RowColumn): Float64Array =>
  column(features.byRow, name, panel.offsets[1], panel.offsets[2]);
const ofBtc = (name: RowColumn): Float64Array =>
  column(features.byRow, name, panel.offsets[0], panel.offsets[1]);

describe('The feature names', () => {
  it('are 44, each once, eight of them per date', () => {
    assert.equal(new Set(FEATURES).size, 44);
    assert.equal(ROW_COLUMNS.length, 44 - DATE_FEATURES.length + 1);
  });
});

describe('The row features', () => {
  const direct = directFeatures(coin, btc);

  for (const name of ROW_COLUMNS) {
    it(`have ${name} equal to its direct computation on every row`, () => {
      ofCoin(name).forEach((value, t) => {
        const expected = direct(name, t);
        if (Number.isNaN(expected)) assert.ok(Number.isNaN(value), `row ${t}: ${value}`);
        else {
          const error = Math.abs(value - expected);
          assert.ok(
            error <= 1e-9 * Math.max(1, Math.abs(expected)),
            `row ${t}: ${value}, ${expected}`,
          );
        }
      });
    });
  }

  // The rows of METHOD §4.1 from which on a feature is defined.
  for (const [name, first] of [
    ['daily_return', 1],
    ['roc20', 20],
    ['roc60', 60],
    ['roc120', 120],
    ['price_vs_sma20', 19],
    ['price_vs_sma200', 199],
    ['trend_persist_90', 89],
    ['ma200_slope', 219],
    ['dist_to_90d_high', 89],
    ['dist_to_180d_high', 179],
    ['breakout_proximity', 89],
    ['vol20', 20],
    ['vol60', 60],
    ['momentum_combo', 120],
    ['risk_adjusted_momentum', 120],
    ['downside_volatility', 59],
    ['atr_ratio', 13],
    ['rolling_drawdown', 0],
    ['ulcer_index', 98],
    ['drawdown_severity', 0],
    ['avg_quote_vol_30', 29],
    ['avg_quote_vol_180', 179],
    ['liquidity_stability', 29],
    ['age_days', 0],
    ['tradable_ratio_180', 29],
    ['recent_liquidity_acceleration', 179],
  ] as const) {
    it(`have ${name} from row ${first} on`, () => {
      assert.equal(
        ofCoin(name).findIndex((value) => !Number.isNaN(value)),
        first,
      );
    });
  }

  it('give the benchmark a beta and a correlation of 1 on every row', () => {
    assert.ok(ofBtc('rolling_beta_to_btc').every((value) => value === 1));
    assert.ok(ofBtc('rolling_corr_to_btc').every((value) => value === 1));
    assert.ok(ofBtc('rs20').every((value, t) => (t < 20 ? Number.isNaN(value) : value === 0)));
  });
});

describe('The features of the benchmark', () => {
  it('are there on the dates of its bars only', () => {
    const above = column(features.byDate, 'btc_above_ma200');
    const zscore = column(features.byDate, 'btc_zscore_120');
    const slope = column(features.byDate, 'btc_ma200_slope');
    assert.ok(Number.isNaN(above[39]));
    assert.equal(above[40], 0);
    assert.equal(
      zscore.findIndex((value) => !Number.isNaN(value)),
      40 + 119,
    );
    assert.equal(
      slope.findIndex((value) => !Number.isNaN(value)),
      40 + 219,
    );
    const close = btc.close.subarray(0, 120);
    const mean = close.reduce((sum, value) => sum + value, 0) / 120;
    const squares = close.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const expected = ((close[119] ?? 0) - mean) / Math.sqrt(squares / 119);
    assert.ok(Math.abs((zscore[40 + 119] ?? 0) - expected) < 1e-9);
  });
});

describe('Prices that are constant or missing', () => {
  const flat = {
    ...coin,
    close: coin.close.map(() => 7),
    high: coin.close.map(() => 7),
    low: coin.close.map(() => 7),
  };
  const dead = {
    ...coin,
    symbol: 'DEADUSDT',
    close: coin.close.map((price, t) => (t === 150 ? 0 : price)),
  };
  const odd = computeFeatures(buildPanel([{ ...flat, symbol: 'FLATUSDT' }, dead, btc]));

  it('give missing values and no infinite ones', () => {
    for (const value of odd.byRow.values) {
      assert.ok(Math.abs(value) !== Number.POSITIVE_INFINITY);
    }
  });

  it('have no features that divide by volatility', () => {
    const end = odd.byRow.rows;
    const of = (name: RowColumn) => column(odd.byRow, name)[end - 1];
    assert.equal(of('vol20'), 0);
    assert.equal(of('price_vs_sma60'), 0);
    assert.ok(Number.isNaN(of('risk_adjusted_momentum')));
    assert.ok(Number.isNaN(of('rolling_corr_to_btc')));
  });
});
