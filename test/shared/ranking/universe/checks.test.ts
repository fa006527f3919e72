import assert from 'node:assert/strict';
import { allocateColumns, column } from '../../../../shared/ranking/column-table.js';
import { ROW_COLUMNS } from '../../../../shared/ranking/features/names.js';
import { buildPanel } from '../../../../shared/ranking/panel.js';
import { UNIVERSE_MODES } from '../../../../shared/ranking/parameters.js';
import { dailyChecks, relaxedChecks } from '../../../../shared/ranking/universe/checks.js';
import {
  CANDIDATE_ELIGIBLE,
  eligibilityFlags,
  FLAG,
  liquidDays,
} from '../../../../shared/ranking/universe/eligibility.js';
import { randomWalk } from '../../../support/synthetic-bars.js';

const [coreMajor, broadLiquid] = UNIVERSE_MODES;
assert.ok(coreMajor && broadLiquid);

describe('The checks of a mode', () => {
  it('are its thresholds', () => {
    assert.deepEqual(
      dailyChecks(coreMajor).map((check) => [check.measure, check.minimum]),
      [
        ['age_days', 720],
        ['avg_quote_vol_30', 8e6],
        ['avg_quote_vol_90', 12e6],
        ['avg_quote_vol_180', 18e6],
        ['liquidity_stability', 0.55],
        ['tradable_ratio_180', 0.92],
        ['liquidity_days_90', 70],
        ['liquidity_days_180', 145],
      ],
    );
  });

  it('leave out a rule that the mode switches off', () => {
    assert.ok(dailyChecks(broadLiquid).every((check) => check.rule !== 'continuous'));
  });

  it('are relaxed for the prefilter, counts rounded down', () => {
    assert.deepEqual(
      relaxedChecks(coreMajor).map((check) => check.minimum),
      [648, 6.4e6, 9.6e6, 14.4e6, 0.9 * 0.55, 0.98 * 0.92, 63, 130],
    );
  });
});

describe('Liquid days', () => {
  it('count the days that reach the volume among the last 90 and 180', () => {
    const walk = randomWalk({ symbol: 'XUSDT', first: 0, length: 200, seed: 4 });
    const quoteVolume = walk.quoteVolume.map((_, t) => (t % 3 === 0 ? 10 : 9.99));
    const days = liquidDays(buildPanel([{ ...walk, quoteVolume }]), 10);
    const last90 = column(days, 'liquidity_days_90');
    const last180 = column(days, 'liquidity_days_180');
    assert.deepEqual(
      [88, 89, 90, 199].map((row) => last90[row]),
      [NaN, 30, 30, 30],
    );
    assert.deepEqual(
      [178, 179, 180, 199].map((row) => last180[row]),
      [NaN, 60, 60, 60],
    );
  });
});

describe('Eligibility flags', () => {
  const btc = randomWalk({ symbol: 'BTCUSDT', first: 0, length: 1, seed: 1 });
  const sol = randomWalk({ symbol: 'SOLUSDT', first: 0, length: 1, seed: 2 });
  const panel = buildPanel([btc, sol]);
  const flagsWith = (measures: Readonly<Record<string, number>>, mode = broadLiquid) => {
    const features = allocateColumns(ROW_COLUMNS, 2);
    for (const name of ROW_COLUMNS) column(features, name).fill(measures[name] ?? 1e12);
    return eligibilityFlags(
      panel,
      features,
      liquidDays(panel, 0),
      mode,
      (symbol) => symbol === 'SOLUSDT',
    );
  };

  it('are all set for a row that meets every threshold, except that the benchmark never is', () => {
    const [benchmark, other] = flagsWith({});
    assert.equal(other, CANDIDATE_ELIGIBLE);
    assert.equal(benchmark, CANDIDATE_ELIGIBLE & ~FLAG.metadata & ~FLAG.not_benchmark);
  });

  for (const [measure, rule, exact] of [
    ['age_days', 'history', 365],
    ['avg_quote_vol_30', 'liquidity', 3e6],
    ['avg_quote_vol_90', 'liquidity', 5e6],
    ['avg_quote_vol_180', 'liquidity', 8e6],
    ['liquidity_stability', 'liquidity', 0.35],
    ['tradable_ratio_180', 'tradable', 0.85],
  ] as const) {
    it(`include ${rule} from ${measure} = ${exact} on, not below and not when it is missing`, () => {
      assert.equal(flagsWith({ [measure]: exact })[1], CANDIDATE_ELIGIBLE);
      assert.equal(flagsWith({ [measure]: exact * 0.999 })[1], CANDIDATE_ELIGIBLE & ~FLAG[rule]);
      assert.equal(flagsWith({ [measure]: NaN })[1], CANDIDATE_ELIGIBLE & ~FLAG[rule]);
    });
  }

  it('miss continuity before there are 90 days, in a mode that asks for it', () => {
    assert.equal(flagsWith({}, coreMajor)[1], CANDIDATE_ELIGIBLE & ~FLAG.continuous);
  });
});
