import assert from 'node:assert/strict';
import {
  type Lease,
  type WeightBudget,
  weightBudget,
} from '../../../../../shared/market-data/binance/http/weight-budget.js';

const taken = (budget: WeightBudget, weight: number, now: number): Lease => {
  const lease = budget.take(weight, now);
  if (typeof lease === 'number') assert.fail(`refused until ${lease}`);
  return lease;
};

const usage = (weight: number | undefined, resetsIn = 60_000) =>
  weight === undefined ? undefined : { weight, resetsIn };

/** Takes and settles at once. */
const spend = (budget: WeightBudget, weight: number, now: number, reported?: number): void =>
  budget.settle(taken(budget, weight, now), now, usage(reported));

describe('The weight budget', () => {
  it('grants exactly the available weight, and again a minute after the reply', () => {
    const budget = weightBudget(10);
    const first = taken(budget, 4, 0);
    budget.settle(first, 3000);
    spend(budget, 6, 5000);
    assert.equal(budget.take(1, 5000), 63_000);
    assert.equal(budget.take(5, 62_999), 65_000);
    assert.equal(budget.take(4, 62_999), 63_000);
    taken(budget, 4, 63_000);
    assert.equal(budget.take(1, 64_999), 65_000);
    taken(budget, 6, 65_000);
  });

  it('counts requests under way for at least a minute', () => {
    const budget = weightBudget(10);
    const lease = taken(budget, 10, 0);
    assert.equal(budget.take(1, 30_000), 90_000);
    budget.settle(lease, 40_000);
    assert.equal(budget.take(1, 40_000), 100_000);
  });

  it('subtracts the weight that the exchange reports as used by others', () => {
    const budget = weightBudget(100);
    spend(budget, 10, 0, 70);
    spend(budget, 30, 1000);
    assert.equal(budget.take(1, 2000), 60_000);
    taken(budget, 70, 60_000);
  });

  it('does not count its own weight twice when the exchange reports it', () => {
    const budget = weightBudget(100);
    for (let request = 1; request <= 10; request += 1) spend(budget, 10, request, request * 10);
    assert.equal(typeof budget.take(1, 20), 'number');
  });

  it('adds requests under way that the report may not include', () => {
    const budget = weightBudget(100);
    const early = taken(budget, 10, 0);
    const late = taken(budget, 10, 0);
    budget.settle(early, 100, usage(80));
    // 80 + the 10 under way leave 10.
    assert.equal(budget.take(11, 100), 60_100);
    taken(budget, 10, 100);
    budget.settle(late, 200, usage(90));
    assert.equal(typeof budget.take(1, 200), 'number');
  });

  it('accepts a lower report only for a request sent after the higher one was received', () => {
    const budget = weightBudget(100);
    const slow = taken(budget, 1, 0);
    spend(budget, 1, 100, 95);
    budget.settle(slow, 200, usage(2));
    assert.equal(budget.take(10, 300), 60_100);
    spend(budget, 1, 400, 1);
    taken(budget, 10, 500);
  });

  it('uses a report until the minute of the exchange is over', () => {
    const budget = weightBudget(100);
    budget.settle(taken(budget, 2, 0), 100, usage(99, 7000));
    assert.equal(budget.take(2, 7099), 7100);
    taken(budget, 98, 7100);
  });

  it('is corrected upwards if a request costs more than estimated', () => {
    const budget = weightBudget(100);
    spend(budget, 2, 0, 50);
    spend(budget, 2, 1, 99);
    assert.equal(budget.take(2, 2), 60_001);
  });
});
