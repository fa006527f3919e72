import assert from 'node:assert/strict';
import { assertNear } from '../../support/assert-near.js';
import type { ParityRun } from './run.js';

export const scoreParity = (run: () => ParityRun): void => {
  it('has every score, weight and confidence, and the same ranks and pool', () => {
    const { golden, ranking } = run();
    const table = golden.table('scores_asof.csv');
    for (const [row, ours] of ranking.rows.entries()) {
      const near = (actual: number | null, column: string): void =>
        assertNear(actual, table.number(row, column), `${column} of ${ours.symbol}`);
      assert.equal(ours.symbol, table.text(row, 'symbol'));
      near(ours.schemes.relative_strength_focus, 'rule_score_relative_strength_focus');
      near(ours.schemes.balanced_leader, 'rule_score_balanced_leader');
      near(ours.schemes.conservative_trend_quality, 'rule_score_conservative_trend_quality');
      near(ours.rule.raw, 'rule_score_raw');
      near(ours.rule.normalised, 'rule_score');
      assertNear(ours.linear.raw, table.number(row, 'linear_score_raw'), ours.symbol, 1e-9);
      near(ours.linear.normalised, 'linear_score');
      assertNear(ours.tree.raw, table.number(row, 'ml_score_raw'), ours.symbol, 0);
      near(ours.tree.normalised, 'ml_score');
      near(ranking.weights.rule, 'rule_score_weight');
      near(ranking.weights.linear, 'linear_score_weight');
      near(ranking.weights.tree, 'ml_score_weight');
      near(ours.finalScore, 'final_score');
      near(ours.confidence, 'confidence');
      near(ranking.regimeConfidence, 'regime_confidence');
      assert.equal(ranking.regime, table.text(row, 'regime'));
      assert.equal(ours.rank, table.number(row, 'current_rank'));
      assert.equal(ours.selected, table.flag(row, 'selected_flag'));
    }
    const outside = Array.from({ length: table.size }, (_, row) => row).filter(
      (row) => !table.flag(row, 'in_universe'),
    );
    assert.equal(ranking.rows.length + outside.length, table.size);
  });

  it('has final scores and confidences to the last bit, which decides between equals', () => {
    const { golden, ranking } = run();
    const table = golden.table('scores_asof.csv');
    assert.deepEqual(
      ranking.rows.map((one) => [one.finalScore, one.confidence]),
      ranking.rows.map((_, row) => [
        table.number(row, 'final_score'),
        table.number(row, 'confidence'),
      ]),
    );
  });
};
