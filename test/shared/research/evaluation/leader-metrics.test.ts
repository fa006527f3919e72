import assert from 'node:assert/strict';
import { dateRange } from '../../../../shared/ranking/cross-section.js';
import { leaderMetrics } from '../../../../shared/research/evaluation/leader-metrics.js';
import { evaluatePools } from '../../../../shared/research/evaluation/pool-evaluation.js';
import { referenceOrder } from '../../../golden/shadow/reference-order.js';
import { assertNear } from '../../../support/assert-near.js';
import { always, handMadeMarket, handMadeScores, setFact } from '../hand-made-market.js';

// Day 0 is the only date but the last of its week and month, so both schedules are days 0 and 1.
const DAYS = 2;
const names = ['AUSDT', 'BUSDT', 'CUSDT', 'DUSDT', 'EUSDT', 'FUSDT'];
const each = (values: readonly (readonly number[])[]) =>
  Object.fromEntries(names.map((name, i) => [name, values.map((row) => row[i] ?? NaN)]));

const market = handMadeMarket(Object.fromEntries(names.map((name) => [name, always(1, DAYS)])));
setFact(
  market,
  'future_return_30',
  each([
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.5],
    [0.9, NaN, NaN, NaN, NaN, 0.1],
  ]),
);
const scores = handMadeScores(market, {
  final_score: each([
    [0.9, 0.8, 0.7, 0.7, 0.1, 0.1],
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  ]),
});

describe('leaderMetrics', () => {
  const metrics = (horizon: 30 | 60) =>
    leaderMetrics(market, scores, horizon, referenceOrder, dateRange(0, DAYS - 1));

  it('compares the best three by score with the best three by return', () => {
    // Chosen: A B C; leaders: E F D in this order, at places 5, 6 and 4 by score.
    assert.deepEqual(metrics(30), {
      horizon: 30,
      precision: 0,
      recall: 0,
      overlapHitRate: 0,
      averageRank: 5,
      leaderCapture: 0,
      averageOverlap: 0,
      // On day 1 only two futures are known.
      evaluationDates: 1,
    });
  });

  it('counts hits, and whether the very best is among them', () => {
    const turned = handMadeScores(market, { final_score: each([[0.1, 0.2, 0.3, 0.8, 0.9, 0.1]]) });
    const found = leaderMetrics(market, turned, 30, referenceOrder, dateRange(0, 0));
    assertNear(found.precision, 2 / 3, 'precision');
    assertNear(found.recall, 2 / 3, 'recall');
    assert.equal(found.overlapHitRate, 1);
    assert.equal(found.leaderCapture, 1);
    assert.equal(found.averageOverlap, 2);
    // E is first, D second, and F comes sixth: A, its equal, stands before it.
    assert.equal(found.averageRank, 3);
  });

  it('has no numbers where there is no date to compare', () => {
    const none = metrics(60);
    assert.equal(none.evaluationDates, 0);
    assert.ok(Number.isNaN(none.precision) && Number.isNaN(none.averageRank));
  });
});

describe('evaluatePools', () => {
  const [first, second, ...more] = evaluatePools(market, scores, 5, referenceOrder);

  it('are the best five of each monthly date, compared with the pool before', () => {
    assert.equal(more.length, 0);
    assert.deepEqual(first?.symbols, ['AUSDT', 'BUSDT', 'CUSDT', 'DUSDT', 'EUSDT']);
    assert.deepEqual(second?.symbols, ['FUSDT', 'EUSDT', 'DUSDT', 'CUSDT', 'BUSDT']);
    assert.ok(Number.isNaN(first?.stability) && Number.isNaN(first?.churn));
    assert.equal(second?.stability, 0.8);
    assertNear(second?.churn, 0.2, 'churn');
  });

  it('contain the returns of the pool', () => {
    const outcome = first?.outcomes[0];
    assert.ok(outcome);
    // The best three are E, F and D.
    assert.equal(outcome.overlap, 2);
    assert.equal(outcome.precision, 0.4);
    assertNear(outcome.recall, 2 / 3, 'recall');
    assert.equal(outcome.leaderCapture, 1);
    // Places 6, 5, 4, 3 and, shared with F, 1.5.
    assertNear(outcome.averageFutureRank, (6 + 5 + 4 + 3 + 1.5) / 5, 'average future rank');
    assertNear(outcome.meanFutureReturn, 0.3, 'mean return');
  });

  it('are unknown if fewer future returns are known than a pool has members', () => {
    const outcome = second?.outcomes[0];
    assert.ok(outcome && Number.isNaN(outcome.overlap) && Number.isNaN(outcome.meanFutureReturn));
  });
});
