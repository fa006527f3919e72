import assert from 'node:assert/strict';
import { addDays, isoDay, parseIsoDay } from '../../../shared/day.js';
import { type BacktestDay, backtestPath } from '../../../shared/report/backtest-path.js';
import { assertNear } from '../../support/assert-near.js';

const from = parseIsoDay('2026-01-01');
const days = (...equity: readonly number[]): readonly BacktestDay[] =>
  equity.map((value, at) => ({ date: isoDay(addDays(from, at)), equity: value }));

describe('backtestPath', () => {
  it('keeps every seventh day, the last one last, from the day before the first move', () => {
    const flat = Array(10).fill(1);
    const path = backtestPath(days(...flat, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4));
    assert.deepEqual(path.days, [from + 9, from + 16, from + 23]);
    assert.deepEqual(path.equity, [1, 2, 4]);
  });

  it('includes falls between two of its days', () => {
    const { drawdown } = backtestPath(days(1, 2, 1, 2, 2, 2, 2, 2));
    assert.equal(drawdown.length, 2);
    assertNear(drawdown[1] ?? Number.NaN, -0.5, 'the fall of the third day');
  });

  it('measures a drawdown from the highest day before, not the highest week', () => {
    const { drawdown } = backtestPath(days(1, 4, 2, 2, 2, 2, 2, 2));
    assertNear(drawdown.at(-1) ?? Number.NaN, -0.5, 'the last week');
  });

  it('is empty if no price ever changed', () => {
    assert.deepEqual(backtestPath(days(1, 1, 1)), { days: [], equity: [], drawdown: [] });
    assert.deepEqual(backtestPath([]), { days: [], equity: [], drawdown: [] });
  });
});
