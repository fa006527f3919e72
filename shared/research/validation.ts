import { LABELS } from '../ranking/method.js';
import { runBacktest } from './backtest.js';
import { type LeaderMetrics, leaderMetrics } from './leaders.js';
import type { Ordering } from './ordering.js';
import { type Performance, performanceOf } from './performance.js';
import { weeklyPortfolios } from './portfolios.js';
import type { ResearchMarket } from './prepare.js';
import type { WindowScores } from './score-window.js';
import type { TrackScores } from './track-scores.js';

/** How the final score did on the test range of one window, which overlaps with its neighbours'. */
export interface WindowValidation {
  readonly scores: WindowScores;
  readonly leaders: readonly LeaderMetrics[];
  readonly performance: Performance;
}

/** As if the test range were all there is: its first date is a rebalance (METHOD §11.4). */
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
