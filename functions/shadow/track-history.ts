import { type Evaluation, evaluateTrack } from '../../shared/research/evaluation/evaluate-track.js';
import { totalOrder } from '../../shared/research/evaluation/tie-breaking.js';
import type { ResearchMarket } from '../../shared/research/prepare-research.js';
import {
  type ShadowRelease,
  shadowReleases,
} from '../../shared/research/tracks/shadow-releases.js';
import type { ShadowTrack } from '../../shared/research/tracks/shadow-tracks.js';
import { scoreTrack, type TrackScores } from '../../shared/research/tracks/track-scores.js';
import { combineWindows } from '../../shared/research/walk-forward/combine-windows.js';
import type { WindowScores } from '../../shared/research/walk-forward/score-window.js';

/** The releases that a track would have made, and their evaluation. */
export interface TrackHistory {
  readonly track: ShadowTrack;
  /** Ordered by id. */
  readonly windows: readonly WindowScores[];
  readonly scores: TrackScores;
  readonly releases: readonly ShadowRelease[];
  readonly evaluation: Evaluation;
}

/**
 * Replays one track over its history. `windows` may hold windows of other targets, in any order.
 */
export const trackHistory = (
  market: ResearchMarket,
  windows: readonly WindowScores[],
  track: ShadowTrack,
  poolSize: number,
): TrackHistory => {
  const own = windows
    .filter(({ target }) => target === track.target)
    .sort((a, b) => a.window.id - b.window.id);
  const scores = scoreTrack(market, combineWindows(market.sample.offsets, own));
  return {
    track,
    windows: own,
    scores,
    releases: shadowReleases(market, scores, poolSize, track.buffer),
    evaluation: evaluateTrack(market, own, scores, {
      poolSize,
      ordering: totalOrder,
      ...(track.buffer === undefined ? {} : { buffer: track.buffer }),
    }),
  };
};
