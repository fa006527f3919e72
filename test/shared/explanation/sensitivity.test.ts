import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RankingEvidence } from '../../../shared/evidence/ranking.js';
import { moveText, weightText } from '../../../shared/explanation/boundary-text.js';
import { explain } from '../../../shared/explanation/explain.js';
import { evenlySpaced } from '../../../shared/explanation/rank-sensitivity.js';
import { COMPONENTS } from '../../../shared/explanation/score-contributions.js';
import { scoredUniverse } from '../../../shared/explanation/scored-universe.js';
import { reweighted } from '../../../shared/explanation/weight-sensitivity.js';
import { blendScores, type ComponentScores } from '../../../shared/ranking/models/blend.js';
import type { ComponentWeights } from '../../../shared/ranking/parameters.js';
import { byRank } from '../../../shared/ranking/rank-order.js';
import { augustTie, evidenceOf, name } from './constructed-evidence.js';

const tie = evidenceOf(augustTie(name('SOLUSDT', [6, 6, 6]), name('ZECUSDT', [7, 5, 5])));

/** The pool of raw scores and weights, worked out without what is tested. */
const poolOf = (
  { universe }: RankingEvidence,
  raw: ComponentScores,
  weights: ComponentWeights,
): readonly string[] => {
  const { finalScore, confidence } = blendScores(raw, weights);
  return universe
    .map((row, i) => ({
      symbol: row.symbol,
      finalScore: finalScore[i] ?? Number.NaN,
      confidence: confidence[i] ?? Number.NaN,
      liquidityStability: row.liquidity_stability ?? Number.NaN,
      averageQuoteVolume180: row.avg_quote_vol_180 ?? Number.NaN,
    }))
    .sort(byRank)
    .slice(0, universe.filter(({ selected }) => selected).length)
    .map(({ symbol }) => symbol);
};

const difference = (a: readonly string[], b: readonly string[]) =>
  a.filter((symbol) => !b.includes(symbol));

const evidences = fc
  .record({
    scores: fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
      ),
      { minLength: 4, maxLength: 14, selector: (scores) => scores.join() },
    ),
    regime: fc.constantFrom('risk_off', 'btc_dominant', 'broad_alt_strength', 'late_momentum'),
    poolSize: fc.integer({ min: 1, max: 6 }),
    missing: fc.constantFrom('none', 'tree', 'both'),
  })
  .map(({ scores, regime, poolSize, missing }) =>
    evidenceOf(
      scores.map(([rule, linear, tree], i) =>
        name(`${String.fromCharCode(65 + i)}USDT`, [
          rule,
          missing === 'both' ? Number.NaN : linear,
          missing === 'none' ? tree : Number.NaN,
        ]),
      ),
      { regime, poolSize },
    ),
  );

describe('the sensitivity of the pool', () => {
  it('assigns evenly spaced places, the same one to ties and none to a missing value', () => {
    assert.deepEqual(
      evenlySpaced(Float64Array.of(0.5, -1, 0.5, Number.NaN, 7)),
      Float64Array.of(4, 2, 4, Number.NaN, 6),
    );
  });

  it('names the smallest move in every component for the names next to the boundary', () => {
    const { moves } = explain(tie).sensitivity;
    assert.deepEqual(
      moves.filter(({ symbol }) => symbol === 'SOLUSDT' || symbol === 'ZECUSDT').map(moveText),
      [
        'SOLUSDT one place down in rule (0.545 → 0.455): ZECUSDT in, SOLUSDT out.',
        'SOLUSDT one place down in linear (0.545 → 0.455): ZECUSDT in, SOLUSDT out.',
        'SOLUSDT one place down in tree (0.545 → 0.455): ZECUSDT in, SOLUSDT out.',
        'ZECUSDT one place up in rule (0.636 → 0.727): ZECUSDT in, SOLUSDT out.',
        'ZECUSDT one place up in linear (0.455 → 0.545): ZECUSDT in, SOLUSDT out.',
        'ZECUSDT one place up in tree (0.455 → 0.545): ZECUSDT in, SOLUSDT out.',
      ],
    );
  });

  it('states if no place would suffice', () => {
    const { moves } = explain(tie).sensitivity;
    const first = moves.filter(({ symbol }) => symbol === 'TRXUSDT');
    assert.deepEqual(first.map(moveText), [
      'TRXUSDT ten places down in rule (1.000 → 0.091): ZECUSDT in, TRXUSDT out.',
      'No place in linear would cost TRXUSDT its seat.',
      'No place in tree would cost TRXUSDT its seat.',
    ]);
    assert.equal(moves.at(-1)?.places, null);
  });

  it('names the nearest weight at which the pool is another one', () => {
    const { weights } = explain(tie).sensitivity;
    assert.deepEqual(weights.slice(0, 3).map(weightText), [
      'Weight of rule 0.50 → 0.51: ZECUSDT in, SOLUSDT out.',
      'Weight of linear 0.25 → 0.24: ZECUSDT in, SOLUSDT out.',
      'Weight of tree 0.25 → 0.24: ZECUSDT in, SOLUSDT out.',
    ]);
    assert.deepEqual(weights[0]?.weights, { rule: 0.51, linear: 0.245, tree: 0.245 });
  });

  it('explains every evidence with the pool that the evidence has', () => {
    fc.assert(
      fc.property(evidences, (evidence) => {
        const { pool } = explain(evidence);
        assert.deepEqual(poolOf(evidence, scoredUniverse(evidence).raw, evidence.weights), pool);
      }),
      { numRuns: 40 },
    );
  });

  it('finds the smallest moves that flip the boundary', () => {
    fc.assert(
      fc.property(evidences, (evidence) => {
        const { pool, sensitivity } = explain(evidence);
        const { raw } = scoredUniverse(evidence);
        for (const move of sensitivity.moves) {
          const row = evidence.universe.findIndex(({ symbol }) => symbol === move.symbol);
          const values = raw[move.component];
          const own = values[row] ?? Number.NaN;
          const up = move.direction === 'up';
          // Whole numbers are whole numbers apart, so half a unit is a place of its own.
          const passes = (place: number, i: number) =>
            i !== row && (up ? place >= own : place <= own);
          const stops = [...new Set([...values].filter(passes))].sort((a, b) =>
            up ? a - b : b - a,
          );
          const flipping = stops.find((stop) => {
            const moved = Float64Array.from(values);
            moved[row] = stop + (up ? 0.5 : -0.5);
            const then = poolOf(evidence, { ...raw, [move.component]: moved }, evidence.weights);
            return then.includes(move.symbol) !== pool.includes(move.symbol);
          });
          if (flipping === undefined) {
            assert.equal(move.places, null);
            continue;
          }
          const passed = [...values].filter(
            (place, i) => passes(place, i) && (up ? place <= flipping : place >= flipping),
          );
          assert.equal(move.places, passed.length);
          assert.ok(up === move.enters.includes(move.symbol));
          assert.equal(move.enters.length, move.leaves.length);
          assert.ok(
            move.normalised_to !== null && move.normalised_to > 0 && move.normalised_to <= 1,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('finds the nearest weights that change the pool', () => {
    fc.assert(
      fc.property(evidences, (evidence) => {
        const { pool, sensitivity } = explain(evidence);
        const { raw } = scoredUniverse(evidence);
        for (const { component, direction, from, to, enters, leaves } of sensitivity.weights) {
          const step = direction === 'up' ? 1 : -1;
          const start = Math.round(from * 100);
          const end = to === null ? (direction === 'up' ? 101 : -1) : Math.round(to * 100);
          for (let k = start + step; k !== end; k += step) {
            const then = poolOf(evidence, raw, reweighted(evidence.weights, component, k / 100));
            assert.deepEqual(difference(pool, then), []);
          }
          if (to === null) continue;
          const then = poolOf(evidence, raw, reweighted(evidence.weights, component, to));
          assert.deepEqual([difference(then, pool), difference(pool, then)], [enters, leaves]);
          assert.ok(leaves.length > 0);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('adds contributions up to the final score, to the last bit where no component is missing', () => {
    fc.assert(
      fc.property(evidences, (evidence) => {
        for (const { scores } of explain(evidence).symbols) {
          assert.ok(scores);
          let sum = 0;
          for (const part of COMPONENTS) sum += scores[part].contribution ?? 0;
          assert.ok(scores.final_score !== null && scores.residual !== null);
          assert.equal(scores.residual, scores.final_score - sum);
          const whole = COMPONENTS.every((part) => scores[part].contribution !== null);
          assert.ok(whole ? scores.residual === 0 : Math.abs(scores.residual) < 1e-15);
        }
      }),
      { numRuns: 40 },
    );
  });
});
