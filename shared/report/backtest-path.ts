import { type EpochDay, parseIsoDay } from '../day.js';
import type { BacktestPath } from './model.js';

export interface BacktestDay {
  readonly date: string;
  readonly equity: number;
}

const STEP = 7;

/**
 * Every seventh day from the day before the first gain or loss, the last day last. A drawdown is
 * the deepest of the days up to it, so that no fall is lost between two weeks.
 */
export const backtestPath = (all: readonly BacktestDay[]): BacktestPath => {
  const moved = all.findIndex(({ equity }) => equity !== all[0]?.equity);
  const lived = moved < 0 ? [] : all.slice(moved - 1);
  const days: EpochDay[] = [];
  const equity: number[] = [];
  const drawdown: number[] = [];
  let peak = 0;
  let deepest = 0;
  lived.forEach((day, at) => {
    peak = Math.max(peak, day.equity);
    deepest = Math.min(deepest, day.equity / peak - 1);
    if ((lived.length - 1 - at) % STEP !== 0) return;
    days.push(parseIsoDay(day.date));
    equity.push(day.equity);
    drawdown.push(deepest);
    deepest = 0;
  });
  return { days, equity, drawdown };
};
