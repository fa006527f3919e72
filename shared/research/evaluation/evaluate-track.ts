import { wholeCalendar } from '../../ranking/cross-section.js';
import { LABELS } from '../../ranking/parameters.js';
import type { ResearchMarket } from '../prepare-research.js';
import { STRATEGIES, type Strategy, type TrackScores } from '../tracks/track-scores.js';
import type { WindowScores } from '../walk-forward/score-window.js';
import { type Backtest, runBacktest } from './backtest.js';
import { type LeaderMetrics, leaderMetrics } from './leader-metrics.js';
import { type Performance, performanceOf } from './performance.js';
import { evaluatePools, type PoolEvaluation } from './pool-evaluation.js';
import { weeklyPortfolios } from './portfolios.js';
import type { Ordering } from './tie-breaking.js';
import { validateWindow, type WindowValidation } from './validate-window.js';

export interface StrategyPerformance extends Performance {
  readonly strategy: Strategy;
}

/** All measures of a track. */
export interface Evaluation {
  readonly performance: readonly StrategyPerformance[];
  /** Of the final score, over the whole calendar. */
  readonly backtest: Backtest;
  readonly leaders: readonly LeaderMetrics[];
  readonly validation: readonly WindowValidation[];
  readonly pools: readonly PoolEvaluation[];
}

const backtestStrategy = (
  market: ResearchMarket,
  scores: TrackScores,
  strategy: Strategy,
  ordering: Ordering,
): Backtest => {
  const range = wholeCalendar(market.panel);
  return runBacktest(
    market.panel,
    weeklyPortfolios(market, scores, strategy, ordering, range),
    range,
  );
};

/** How a track forms its pool from scores. */
export interface PoolRule {
  readonly poolSize: number;
  readonly ordering: Ordering;
  /** Ranks beyond the pool's size within which a member stays; 0 without a buffer. */
  readonly buffer?: number;
}

/**
 * Measures a track with the given tie-breaking. `windows` are in the order of their ids. A `buffer`
 * changes the monthly pools only.
 */
export const evaluateTrack = (
  market: ResearchMarket,
  windows: readonly WindowScores[],
  scores: TrackScores,
  { poolSize, ordering, buffer = 0 }: PoolRule,
): Evaluation => {
  const whole = wholeCalendar(market.panel);
  const backtest = (strategy: Strategy): Backtest =>
    backtestStrategy(market, scores, strategy, ordering);
  const backtests: Readonly<Record<Strategy, Backtest>> = {
    rule_score: backtest('rule_score'),
    linear_score: backtest('linear_score'),
    ml_score: backtest('ml_score'),
    final_score: backtest('final_score'),
  };
  return {
    performance: STRATEGIES.map((strategy) => ({
      strategy,
      ...performanceOf(backtests[strategy]),
    })),
    backtest: backtests.final_score,
    leaders: LABELS.horizons.map((horizon) =>
      leaderMetrics(market, scores, horizon, ordering, whole),
    ),
    validation: windows.map((window) => validateWindow(market, scores, window, ordering)),
    pools: evaluatePools(market, scores, poolSize, ordering, buffer),
  };
};
