import type { DateRange } from '../../ranking/cross-section.js';
import { ascending } from '../../ranking/statistics/percentile-rank.js';
import { intAt } from '../../typed-arrays.js';
import { scheduleWithin } from '../calendar-schedule.js';
import type { ResearchMarket } from '../prepare-research.js';
import type { TrackScores } from '../tracks/track-scores.js';
import { type FutureReturns, futureReturnsOn, type Horizon } from './future-returns.js';
import type { Ordering } from './tie-breaking.js';

/** How many names are compared. */
const LEADERS = 3;

/** Whether the best by score were the best by return, averaged over dates; NaN without dates. */
export interface LeaderMetrics {
  readonly horizon: Horizon;
  readonly precision: number;
  readonly recall: number;
  /** The share of dates on which any leader was chosen. */
  readonly overlapHitRate: number;
  /** The mean place by score of the later leaders; 1 is the best. */
  readonly averageRank: number;
  /** The share of dates on which the very best was chosen. */
  readonly leaderCapture: number;
  readonly averageOverlap: number;
  readonly evaluationDates: number;
}

/** The leader metrics of the final score on the weekly dates of the range (METHOD §11.4). */
export const leaderMetrics = (
  market: ResearchMarket,
  scores: TrackScores,
  horizon: Horizon,
  ordering: Ordering,
  range: DateRange,
): LeaderMetrics => {
  const key = ordering.key(scores, 'final_score');
  let dates = 0;
  let overlap = 0;
  let anyHit = 0;
  let captured = 0;
  let rank = 0;
  for (const date of scheduleWithin(market.panel, range, 'weekly')) {
    const futures = futureReturnsOn(market, key, horizon, date);
    if (futures.rows.length < LEADERS) continue;
    const found = compareLeaders(futures, ordering);
    dates += 1;
    overlap += found.overlap;
    anyHit += found.overlap > 0 ? 1 : 0;
    captured += found.captured ? 1 : 0;
    rank += found.averageRank;
  }
  return {
    horizon,
    precision: overlap / LEADERS / dates,
    recall: overlap / LEADERS / dates,
    overlapHitRate: anyHit / dates,
    averageRank: rank / dates,
    leaderCapture: captured / dates,
    averageOverlap: overlap / dates,
    evaluationDates: dates,
  };
};

const compareLeaders = ({ keys, returns }: FutureReturns, ordering: Ordering) => {
  const top = ordering.descending(keys).subarray(0, LEADERS);
  const leaders = ordering.descending(returns).subarray(0, LEADERS);
  // Equal scores have different ranks here: the earlier symbol ranks higher.
  const places = ascending(keys.map((key) => -key));
  const rankSum = leaders.reduce((sum, leader) => sum + places.indexOf(leader) + 1, 0);
  return {
    overlap: leaders.filter((leader) => top.includes(leader)).length,
    captured: top.includes(intAt(leaders, 0)),
    averageRank: rankSum / LEADERS,
  };
};
