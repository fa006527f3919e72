import assert from 'node:assert/strict';
import { isoDay } from '../../../shared/day.js';
import { nanToNull } from '../../../shared/ranking/nan-to-null.js';
import { MEASURES } from '../../../shared/ranking/universe/checks.js';
import { epochDay } from '../../../shared/units.js';
import { assertNear } from '../../support/assert-near.js';
import type { ParityRun } from './run.js';

export const universeParity = (run: () => ParityRun): void => {
  it('measures the same in the prefilter, and loads the same symbols in the same order', () => {
    const { golden, build, ranking } = run();
    const table = golden.table('prefilter_stats.csv');
    const seen = ranking.candidates.filter((one) => one.prefilter !== null);
    assert.equal(seen.length, table.size);
    for (let row = 0; row < table.size; row += 1) {
      const symbol = table.text(row, 'symbol');
      const looked = seen.find((one) => one.symbol === symbol)?.prefilter;
      assert.ok(looked, symbol);
      assert.equal(isoDay(looked.latestDay), table.text(row, 'latest_date'));
      for (const measure of MEASURES) {
        const column = measure === 'age_days' ? 'history_days' : measure;
        const expected = table.number(row, column);
        assertNear(looked.measured[measure], expected, `${symbol} ${column}`);
      }
    }
    const ordered = build.prefilter.candidates.filter((one) => one.selected);
    // The reference puts the benchmark first.
    assert.deepEqual(
      ['BTCUSDT', ...ordered.map((one) => one.symbol)],
      golden.json('prefilter_candidates.json'),
    );
  });

  it('has every flag and count of every symbol on the as-of day', () => {
    const { golden, ranking, build } = run();
    const table = golden.table('universe_asof.csv');
    assert.equal(build.panel.symbols.length, table.size);
    for (let row = 0; row < table.size; row += 1) {
      const symbol = table.text(row, 'symbol');
      const candidate = ranking.candidates.find((one) => one.symbol === symbol);
      assert.ok(candidate?.daily, symbol);
      const { daily } = candidate;
      assert.deepEqual(
        {
          metadata_eligible: candidate.metadataFailures.length === 0,
          is_benchmark: candidate.isBenchmark,
          history_eligible: daily.rules.history,
          liquidity_eligible: daily.rules.liquidity,
          tradable_eligible: daily.rules.tradable,
          continuous_liquidity_eligible: daily.rules.continuous,
          candidate_eligible: daily.eligible,
          in_universe: candidate.inUniverse,
        },
        {
          metadata_eligible: table.flag(row, 'metadata_eligible'),
          is_benchmark: table.flag(row, 'is_benchmark'),
          history_eligible: table.flag(row, 'history_eligible'),
          liquidity_eligible: table.flag(row, 'liquidity_eligible'),
          tradable_eligible: table.flag(row, 'tradable_eligible'),
          continuous_liquidity_eligible: table.flag(row, 'continuous_liquidity_eligible'),
          candidate_eligible: table.flag(row, 'candidate_eligible'),
          in_universe: table.flag(row, 'in_universe'),
        },
        symbol,
      );
      for (const measure of MEASURES) {
        const expected = table.number(row, measure);
        assertNear(daily.measured[measure], expected, `${symbol} ${measure}`);
      }
      const broken = new Set(daily.failed.map((check) => check.rule));
      assert.deepEqual(
        broken,
        new Set(Object.entries(daily.rules).flatMap(([rule, holds]) => (holds ? [] : [rule]))),
      );
    }
  });

  it('has the same presence, eligibility, streaks and members at every refresh', () => {
    const { golden, build } = run();
    const { panel, universe } = build;
    const { history } = universe;
    const table = golden.table('universe_refresh.csv');
    assert.equal(history.present.length, table.size);
    for (let row = 0; row < table.size; row += 1) {
      const refresh = Math.floor(row / panel.symbols.length);
      const day = panel.calendar[history.refreshes[refresh] ?? -1] ?? Number.NaN;
      assert.deepEqual(
        {
          refresh_date: isoDay(epochDay(day)),
          symbol: panel.symbols[row % panel.symbols.length],
          row_present: history.present[row],
          candidate_eligible: history.eligible[row],
          eligible_streak: history.eligibleStreak[row],
          ineligible_streak: history.ineligibleStreak[row],
          active: history.active[row],
        },
        {
          refresh_date: table.text(row, 'refresh_date'),
          symbol: table.text(row, 'symbol'),
          row_present: table.number(row, 'row_present'),
          candidate_eligible: table.number(row, 'candidate_eligible'),
          eligible_streak: table.number(row, 'eligible_streak'),
          ineligible_streak: table.number(row, 'ineligible_streak'),
          active: table.number(row, 'active'),
        },
      );
    }
  });

  it('reports the streaks of the last refresh for every loaded symbol', () => {
    const { golden, ranking } = run();
    const table = golden.table('universe_refresh.csv');
    const loaded = ranking.candidates.filter((one) => one.loaded);
    for (const [index, candidate] of loaded.entries()) {
      const row = table.size - loaded.length + index;
      assert.equal(candidate.symbol, table.text(row, 'symbol'));
      assert.deepEqual(candidate.streaks, {
        eligible: nanToNull(table.number(row, 'eligible_streak')),
        ineligible: nanToNull(table.number(row, 'ineligible_streak')),
      });
    }
  });
};
