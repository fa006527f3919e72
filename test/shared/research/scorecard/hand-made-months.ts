import { LABELS } from '../../../../shared/ranking/parameters.js';
import type {
  PoolEvaluation,
  PoolOutcome,
} from '../../../../shared/research/evaluation/pool-evaluation.js';
import {
  type MeasuredTrack,
  makeScorecard,
  type Scorecard,
} from '../../../../shared/research/scorecard/scorecard.js';
import {
  CHALLENGER_TOPK_60,
  OFFICIAL_BASELINE,
} from '../../../../shared/research/tracks/shadow-tracks.js';
import { epochDay } from '../../../../shared/units.js';
import { seededRandom } from '../../../support/synthetic-bars.js';

/** A month whose pool returned the same over every horizon. */
const month = (index: number, meanFutureReturn: number, overlap = 1): PoolEvaluation => ({
  day: epochDay(30 * index),
  symbols: ['AUSDT'],
  stability: 0.8,
  churn: 0.2,
  outcomes: LABELS.horizons.map(
    (horizon): PoolOutcome => ({
      horizon,
      overlap,
      precision: overlap / 5,
      recall: overlap / 3,
      leaderCapture: 0,
      averageFutureRank: 2,
      meanFutureReturn,
    }),
  ),
});

export const baselineOf = (returns: readonly number[]): MeasuredTrack => ({
  track: OFFICIAL_BASELINE,
  pools: returns.map((value, i) => month(i, value)),
});
export const challengerOf = (returns: readonly number[]): MeasuredTrack => ({
  track: CHALLENGER_TOPK_60,
  pools: returns.map((value, i) => month(i, value, 2)),
});

const random = seededRandom(4);
export const RETURNS = Array.from({ length: 24 }, () => random() - 0.5);
export const NOISE = Array.from({ length: 24 }, () => 0.1 * (random() - 0.5));

/** The challenger's returns are the baseline's, some noise, and `more`. */
export const cardWith = (more: number, months = 24): Scorecard =>
  makeScorecard(baselineOf(RETURNS.slice(0, months)), [
    challengerOf(RETURNS.slice(0, months).map((value, i) => value + (NOISE[i] ?? 0) + more)),
  ]);
