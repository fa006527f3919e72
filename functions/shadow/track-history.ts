import { combineWindows } from '../../shared/research/combine-windows.js';
import { type Evaluation, evaluateTrack } from '../../shared/research/evaluate.js';
import { totalOrder } from '../../shared/research/ordering.js';
import type { ResearchMarket } from '../../shared/research/prepare.js';
import type { WindowScores } from '../../shared/research/score-window.js';
import { type ShadowRelease, shadowReleases } from '../../shared/research/shadow-releases.js';
import type { ShadowTrack } from '../../shared/research/shadow-tracks.js';
import { scoreTrack, type TrackScores } from '../../shared/research/track-scores.js';

/** What a track would have released, and what research makes of it. */
export interface TrackHistory {
  readonly track: ShadowTrack;
  /** In the order of their ids. */
  readonly windows: readonly WindowScores[];
  readonly scores: TrackScores;
  readonly releases: readonly ShadowRelease[];
  readonly evaluation: Evaluation;
}

/** Goes through the past of one track. `windows` holds those of every target, in any order. */
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
    evaluation: evaluateTrack(market, own, scores, poolSize, totalOrder, track.buffer),
  };
};
