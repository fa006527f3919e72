import assert from 'node:assert/strict';
import { blendScores } from '../../../../shared/ranking/models/blend.js';
import { REGIME_WEIGHTS } from '../../../../shared/ranking/parameters.js';
import { byRank, descending, type RankKey } from '../../../../shared/ranking/rank-order.js';
import { assertNear } from '../../../support/assert-near.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);
const weights = { rule: 0.5, linear: 0.25, tree: 0.25 };

describe('blendScores', () => {
  it('blends percentile ranks by weight', () => {
    const { normalised, finalScore } = blendScores(
      { rule: of(10, 20), linear: of(-1, -2), tree: of(0.1, 0.2) },
      weights,
    );
    assert.deepEqual(normalised, { rule: of(0.5, 1), linear: of(1, 0.5), tree: of(0.5, 1) });
    assert.deepEqual(finalScore, of(0.625, 0.875));
  });

  it('leaves a missing component out of both sums', () => {
    const { finalScore } = blendScores(
      { rule: of(10, 20), linear: of(NaN, NaN), tree: of(NaN, 3) },
      weights,
    );
    assert.deepEqual(finalScore, of(0.5, 1));
  });

  it('has no score where all components are missing', () => {
    const missing = of(NaN);
    const { finalScore, confidence } = blendScores(
      { rule: missing, linear: missing, tree: missing },
      weights,
    );
    assert.deepEqual([...finalScore, ...confidence], [NaN, NaN]);
  });

  it('adds rule, linear and tree in this order: the last bit decides between equals', () => {
    const ranked = (position: number, size: number) =>
      Float64Array.from({ length: size }, (_, i) => (i === 0 ? position - 0.5 : i));
    const { normalised, finalScore } = blendScores(
      { rule: ranked(8, 11), linear: ranked(9, 11), tree: ranked(9, 11) },
      weights,
    );
    const { rule, linear, tree } = normalised;
    const sum = (rule[0] ?? 0) * 0.5 + (linear[0] ?? 0) * 0.25 + (tree[0] ?? 0) * 0.25;
    assert.equal(finalScore[0], sum / (0.5 + 0.25 + 0.25));
    assert.equal(finalScore[0], 0.7727272727272728);
  });

  it('is confident where components agree and the score is far from the middle', () => {
    const { confidence } = blendScores(
      { rule: of(1, 2, 3, 4), linear: of(1, 2, 3, 4), tree: of(1, 2, 3, 4) },
      weights,
    );
    for (const [i, expected] of [0.8, 0.6, 0.8, 1].entries()) {
      assertNear(confidence[i], expected, `row ${i}`);
    }
  });

  it('has no confidence from a single component', () => {
    const { confidence } = blendScores(
      { rule: of(1, 2), linear: of(NaN, NaN), tree: of(NaN, NaN) },
      weights,
    );
    assert.deepEqual(confidence, of(0, 0.4));
  });

  it('has weights that add up to 1 in every regime', () => {
    for (const { rule, linear, tree } of Object.values(REGIME_WEIGHTS)) {
      assertNear(rule + linear + tree, 1, 'sum of weights');
    }
  });
});

describe('The order of the ranking', () => {
  const key = (symbol: string, change: Partial<RankKey> = {}): RankKey => ({
    symbol,
    finalScore: 0.5,
    confidence: 0.5,
    liquidityStability: 0.5,
    averageQuoteVolume180: 1e6,
    ...change,
  });

  it('compares score, confidence, stability, volume and symbol, missing values last', () => {
    const ordered = [
      key('Z', { finalScore: 0.6, confidence: 0 }),
      key('Y', { confidence: 0.6, liquidityStability: 0 }),
      key('X', { liquidityStability: 0.6, averageQuoteVolume180: 0 }),
      key('W', { averageQuoteVolume180: 2e6 }),
      key('A'),
      key('B'),
      key('C', { averageQuoteVolume180: NaN }),
      key('D', { liquidityStability: NaN }),
      key('E', { confidence: NaN }),
      key('F', { finalScore: NaN, confidence: 1 }),
    ];
    assert.deepEqual([...ordered].reverse().sort(byRank), ordered);
  });

  it('compares symbols by code unit', () => {
    assert.ok(byRank(key('1INCHUSDT'), key('AAVEUSDT')) < 0);
    assert.equal(byRank(key('A'), key('A')), 0);
  });

  it('treats two missing numbers as equal', () => {
    assert.equal(descending(NaN, NaN), 0);
  });
});
