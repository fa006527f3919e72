import type { EpochDay } from '../../day.js';
import { wholeCalendar } from '../../ranking/cross-section.js';
import { dayAt } from '../../ranking/panel.js';
import { LABELS } from '../../ranking/parameters.js';
import { percentileRank } from '../../ranking/statistics/percentile-rank.js';
import { floatAt, intAt } from '../../typed-arrays.js';
import { type SampleRow, sampleRow } from '../../units.js';
import { scheduleWithin } from '../calendar-schedule.js';
import type { ResearchMarket } from '../prepare-research.js';
import { sampleSpan } from '../sample.js';
import { applyPoolBuffer } from '../tracks/apply-pool-buffer.js';
import type { TrackScores } from '../tracks/track-scores.js';
import { type FutureReturns, futureReturnsOn, type Horizon } from './future-returns.js';
import { poolOverlap } from './pool-overlap.js';
import type { Ordering } from './tie-breaking.js';

const LEADERS = 3;

/** The result of a pool within a horizon. */
export interface PoolOutcome {
  readonly horizon: Horizon;
  /** Pool members among the three best of the universe. */
  readonly overlap: number;
  readonly precision: number;
  readonly recall: number;
  /** 1 if the very best was in the pool, else 0. */
  readonly leaderCapture: number;
  /** Mean place of the members by return in the universe, ties sharing theirs. */
  readonly averageFutureRank: number;
  readonly meanFutureReturn: number;
}

/** The pool of a monthly date and its results; NaN if they are unknown. */
export interface PoolEvaluation {
  readonly day: EpochDay;
  readonly symbols: readonly string[];
  /** Share of the pool that was in the one before, and its complement; NaN for the first. */
  readonly stability: number;
  readonly churn: number;
  readonly outcomes: readonly PoolOutcome[];
}

/**
 * The pools of the monthly schedule, the best `poolSize` by final score (METHOD §11.4), with
 * `buffer` as in {@link applyPoolBuffer}: the members of a full pool stay, as in the track's
 * releases.
 */
export const evaluatePools = (
  market: ResearchMarket,
  scores: TrackScores,
  poolSize: number,
  ordering: Ordering,
  buffer = 0,
): readonly PoolEvaluation[] => {
  const { panel, sample } = market;
  const key = ordering.key(scores, 'final_score');
  const shadows: PoolEvaluation[] = [];
  for (const date of scheduleWithin(panel, wholeCalendar(panel), 'monthly')) {
    const { first, end } = sampleSpan(sample.offsets, { first: date, last: date });
    const ranked = ordering.descending(key.subarray(first, end)).map((place) => first + place);
    if (ranked.length === 0) continue;
    const names = Array.from(ranked, (row) => nameOf(market, sampleRow(row)));
    const held = shadows.findLast((one) => one.symbols.length === poolSize)?.symbols;
    const symbols = applyPoolBuffer(names, held ?? [], poolSize, buffer);
    const pool = ranked.filter((_, place) => symbols.includes(names[place] as string));
    const stability = poolOverlap(symbols, shadows.at(-1)?.symbols, poolSize);
    shadows.push({
      day: dayAt(panel.calendar, date),
      symbols,
      stability,
      churn: 1 - stability,
      outcomes: LABELS.horizons.map((horizon) =>
        outcomeOf(horizon, pool, futureReturnsOn(market, key, horizon, date), poolSize, ordering),
      ),
    });
  }
  return shadows;
};

const nameOf = ({ panel, symbolOfRow }: ResearchMarket, row: SampleRow): string =>
  panel.symbols[intAt(symbolOfRow, row)] as string;

const outcomeOf = (
  horizon: Horizon,
  pool: Int32Array,
  { rows, returns }: FutureReturns,
  poolSize: number,
  ordering: Ordering,
): PoolOutcome => {
  const members = [...rows.keys()].filter((place) => pool.includes(intAt(rows, place)));
  if (rows.length < Math.max(poolSize, LEADERS) || members.length === 0) return unknown(horizon);
  const leaders = ordering.descending(returns).subarray(0, LEADERS);
  const overlap = members.filter((place) => leaders.includes(place)).length;
  // Over the negated returns the largest is the first.
  const ranks = percentileRank(returns.map((value) => -value));
  const mean = (read: (place: number) => number): number =>
    members.reduce((sum, place) => sum + read(place), 0) / members.length;
  return {
    horizon,
    overlap,
    precision: overlap / poolSize,
    recall: overlap / LEADERS,
    leaderCapture: members.includes(intAt(leaders, 0)) ? 1 : 0,
    averageFutureRank: mean((place) => floatAt(ranks, place) * rows.length),
    meanFutureReturn: mean((place) => floatAt(returns, place)),
  };
};

const unknown = (horizon: Horizon): PoolOutcome => ({
  horizon,
  overlap: Number.NaN,
  precision: Number.NaN,
  recall: Number.NaN,
  leaderCapture: Number.NaN,
  averageFutureRank: Number.NaN,
  meanFutureReturn: Number.NaN,
});
