import assert from 'node:assert/strict';
import { classifyRegime, type RegimeInputs } from '../../../shared/ranking/regime.js';
import { isNear } from '../../support/assert-near.js';

const calm: RegimeInputs = {
  btc_above_ma200: 1,
  btc_ma200_slope: 0.01,
  btc_zscore_120: 0.6,
  breadth_above_sma60: 0.5,
  breadth_above_sma200: 0.5,
  universe_momentum_dispersion: 0.2,
  universe_rs_dispersion: 0.25,
  single_leader_burst: 0.3,
};

describe('classifyRegime', () => {
  const table: readonly [string, Partial<RegimeInputs>, string, number][] = [
    [
      'a falling benchmark and few names above their long average',
      { btc_above_ma200: 0, breadth_above_sma200: 0.15 },
      'risk_off',
      0.5,
    ],
    [
      'few names above their short average, for any benchmark',
      { breadth_above_sma60: 0.2 },
      'risk_off',
      0,
    ],
    [
      'no name above anything',
      { btc_above_ma200: 0, breadth_above_sma200: 0, breadth_above_sma60: 0 },
      'risk_off',
      0.875,
    ],
    [
      'an unknown benchmark counts as falling',
      { btc_above_ma200: NaN, breadth_above_sma200: 0.15 },
      'risk_off',
      0.5,
    ],
    [
      'unknown long breadth counts as none in the confidence',
      { breadth_above_sma60: 0.2, breadth_above_sma200: NaN },
      'risk_off',
      0.875,
    ],
    [
      'a rising benchmark that leaves the others behind',
      { breadth_above_sma60: 0.3 },
      'btc_dominant',
      0.325,
    ],
    [
      'the same far above its average',
      { breadth_above_sma60: 0.25, btc_zscore_120: 9 },
      'btc_dominant',
      0.75,
    ],
    [
      'the same below its average',
      { breadth_above_sma60: 0.3, btc_zscore_120: -1 },
      'late_momentum',
      0.55,
    ],
    [
      'the same without a z-score',
      { breadth_above_sma60: 0.3, btc_zscore_120: NaN },
      'late_momentum',
      0.55,
    ],
    [
      'breadth without a single leader',
      { breadth_above_sma60: 0.8, breadth_above_sma200: 0.6, single_leader_burst: 0.1 },
      'broad_alt_strength',
      0.9,
    ],
    [
      'the most breadth',
      { breadth_above_sma60: 1, breadth_above_sma200: 1, single_leader_burst: 0.1 },
      'broad_alt_strength',
      1,
    ],
    [
      'breadth with an unknown burst',
      { breadth_above_sma60: 0.8, breadth_above_sma200: 0.6, single_leader_burst: NaN },
      'broad_alt_strength',
      0.9,
    ],
    [
      'breadth behind a single leader',
      { breadth_above_sma60: 0.8, single_leader_burst: 0.4 },
      'late_momentum',
      0.65,
    ],
    [
      'breadth with an unknown dispersion',
      { breadth_above_sma60: 0.8, universe_momentum_dispersion: NaN },
      'late_momentum',
      0.55,
    ],
    ['nothing in particular', {}, 'late_momentum', 0.55],
    ['a burst beyond measure', { single_leader_burst: 3 }, 'late_momentum', 1],
    [
      'thresholds that are just met are not passed',
      { btc_above_ma200: 0, breadth_above_sma200: 0.35, breadth_above_sma60: 0.25 },
      'late_momentum',
      0.55,
    ],
  ];
  for (const [title, change, regime, confidence] of table) {
    it(`calls ${title}: ${regime}`, () => {
      const call = classifyRegime({ ...calm, ...change });
      assert.equal(call.regime, regime);
      assert.ok(isNear(call.confidence, confidence, 1e-12), `confidence ${call.confidence}`);
    });
  }

  it('calls a date without a market late_momentum, with no confidence', () => {
    const nothing: RegimeInputs = {
      btc_above_ma200: 0,
      btc_ma200_slope: NaN,
      btc_zscore_120: NaN,
      breadth_above_sma60: NaN,
      breadth_above_sma200: NaN,
      universe_momentum_dispersion: NaN,
      universe_rs_dispersion: NaN,
      single_leader_burst: NaN,
    };
    assert.deepEqual(classifyRegime(nothing), { regime: 'late_momentum', confidence: 0 });
  });
});
