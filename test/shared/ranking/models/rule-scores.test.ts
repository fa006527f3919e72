import { allocateColumns, column } from '../../../../shared/ranking/column-table.js';
import { ROW_COLUMNS, type RowColumn } from '../../../../shared/ranking/features/names.js';
import {
  RULE_SCHEMES,
  type RuleScheme,
  ruleScores,
} from '../../../../shared/ranking/models/rule-scores.js';
import { assertNear } from '../../../support/assert-near.js';

/** Four rows; the second one is not asked for. What is not given is equal everywhere. */
const scores = (
  scheme: RuleScheme,
  given: Readonly<Partial<Record<RowColumn, readonly number[]>>>,
): Float64Array => {
  const features = allocateColumns(ROW_COLUMNS, 4);
  for (const name of ROW_COLUMNS) column(features, name).set(given[name] ?? [0, 0, 0, 0]);
  return ruleScores(features, Int32Array.of(0, 2, 3), scheme);
};

describe('ruleScores', () => {
  it('have weights that add up to 1 in every scheme', () => {
    for (const terms of Object.values(RULE_SCHEMES)) {
      assertNear(
        terms.reduce((sum, term) => sum + term.weight, 0),
        1,
        'sum of weights',
      );
    }
  });

  it('are two thirds for names that are equal in everything', () => {
    for (const score of scores('balanced_leader', {})) assertNear(score, 2 / 3, 'score');
  });

  it('add weighted percentile ranks of the requested rows', () => {
    const [a, b, c] = scores('balanced_leader', { rs_risk_adj: [3, 100, 1, 2] });
    assertNear(a, 0.25 * 1 + 0.75 * (2 / 3), 'first');
    assertNear(b, 0.25 * (1 / 3) + 0.75 * (2 / 3), 'second');
    assertNear(c, 0.25 * (2 / 3) + 0.75 * (2 / 3), 'third');
  });

  it('count a missing feature 0, and leave it out of the ranks', () => {
    const [a, b, c] = scores('relative_strength_focus', { rs_risk_adj: [NaN, 5, 1, 2] });
    assertNear(a, 0.65 * (2 / 3), 'without a value');
    assertNear(b, 0.35 * 0.5 + 0.65 * (2 / 3), 'the smaller of two');
    assertNear(c, 0.35 * 1 + 0.65 * (2 / 3), 'the larger of two');
  });

  it('prefer little volatility and drawdown where the scheme is conservative', () => {
    const [calm, wild] = scores('conservative_trend_quality', {
      downside_volatility: [0.1, 9, 0.9, 0.5],
      drawdown_severity: [0.1, 9, 0.9, 0.5],
    });
    assertNear(calm, 0.25 * 1 + 0.75 * (2 / 3), 'calm');
    assertNear(wild, 0.25 * (1 / 3) + 0.75 * (2 / 3), 'wild');
  });
});
