import assert from 'node:assert/strict';
import { column } from '../../../../shared/ranking/column-table.js';
import { scoreTrack } from '../../../../shared/research/tracks/track-scores.js';
import { handMadeMarket, setFact } from '../hand-made-market.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('scoreTrack', () => {
  // Three dates of two names: before the first window, in a window without models, in one with
  // them.
  const market = handMadeMarket({ AUSDT: [1, 1, 1], BUSDT: [1, 1, 1] });
  setFact(market, 'rule_score_raw', { AUSDT: [0.2, 0.2, 0.2], BUSDT: [0.4, 0.4, 0.4] });
  const scores = scoreTrack(market, {
    linear: of(NaN, NaN, NaN, NaN, 7, 6),
    tree: of(NaN, NaN, NaN, NaN, 9, 8),
    windowCount: Uint8Array.of(0, 0, 1, 1, 2, 2),
  });

  it('normalises the components on every date', () => {
    assert.deepEqual(column(scores, 'rule_score'), of(0.5, 1, 0.5, 1, 0.5, 1));
    assert.deepEqual(column(scores, 'linear_score'), of(NaN, NaN, NaN, NaN, 1, 0.5));
    assert.deepEqual(column(scores, 'ml_score'), of(NaN, NaN, NaN, NaN, 1, 0.5));
  });

  it('blends and ranks the dates that a window scored, be it by the rules alone', () => {
    // late_momentum: rule 0.35, linear 0.15, trees 0.5.
    assert.deepEqual(column(scores, 'final_score'), of(NaN, NaN, 0.5, 1, 0.825, 0.675));
    assert.deepEqual(column(scores, 'current_rank'), of(NaN, NaN, 2, 1, 1, 2));
    assert.deepEqual(
      column(scores, 'confidence').map((value) => (Number.isNaN(value) ? 0 : 1)),
      of(0, 0, 1, 1, 1, 1),
    );
  });
});
