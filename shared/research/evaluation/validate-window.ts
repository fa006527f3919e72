import { LABELS } from '../../ranking/parameters.js';
import type { ResearchMarket } from '../prepare-research.js';
import type { TrackScores } from '../tracks/track-scores.js';
import type { WindowScores } from '../walk-forward/score-window.js';
import { runBacktest } from './backtest.js';
import { type LeaderMetrics, leaderMetrics } from './leader-metrics.js';
import { type Performance, performanceOf } from './performance.js';
import { weeklyPortfolios } from './portfolios.js';
import type { Ordering } from './tie-breaking.js';

/**
 * The final score's performance on one window's test range, which overlaps with its neighbours'.
 */
export interface WindowValidation {
  readonly scores: WindowScores;
  readonly leaders: readonly LeaderMetrics[];
  readonly performance: Performance;
}

/** Evaluates the test range in isolation: its first date is a rebalance (METHOD §11.4). */
export const validateWindow = (
  market: ResearchMarket,
  track: TrackScores,
  scores: WindowScores,
  ordering: Ordering,
): WindowValidation => {
  const { test } = scores.window;
  const portfolios = weeklyPortfolios(market, track, 'final_score', ordering, test);
  return {
    scores,
    leaders: LABELS.horizons.map((horizon) =>
      leaderMetrics(market, track, horizon, ordering, test),
    ),
    performance: performanceOf(runBacktest(market.panel, portfolios, test)),
  };
};
