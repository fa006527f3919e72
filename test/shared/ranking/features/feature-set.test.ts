import assert from 'node:assert/strict';
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
import { directFeatures } from './direct-features.js';

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

describe('Prices that stand still or vanish', () => {
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

  it('have no volatility to divide by', () => {
    const end = odd.byRow.rows;
    const of = (name: RowColumn) => column(odd.byRow, name)[end - 1];
    assert.equal(of('vol20'), 0);
    assert.equal(of('price_vs_sma60'), 0);
    assert.ok(Number.isNaN(of('risk_adjusted_momentum')));
    assert.ok(Number.isNaN(of('rolling_corr_to_btc')));
  });
});
