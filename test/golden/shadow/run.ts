import {
  type Evaluation,
  evaluateTrack,
} from '../../../shared/research/evaluation/evaluate-track.js';
import { prepareResearch, type ResearchMarket } from '../../../shared/research/prepare-research.js';
import {
  type ShadowRelease,
  shadowReleases,
} from '../../../shared/research/tracks/shadow-releases.js';
import type { ShadowTrack } from '../../../shared/research/tracks/shadow-tracks.js';
import { scoreTrack, type TrackScores } from '../../../shared/research/tracks/track-scores.js';
import { combineWindows } from '../../../shared/research/walk-forward/combine-windows.js';
import type { WindowScores } from '../../../shared/research/walk-forward/score-window.js';
import { planWindows } from '../../../shared/research/walk-forward/windows.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { type GoldenCase, readMarket } from '../../support/golden-case.js';
import { referenceOrder } from './reference-order.js';

/** One track over the whole history of a market, computed by us from its scored windows. */
export interface TrackRun {
  readonly market: ResearchMarket;
  readonly windows: readonly WindowScores[];
  readonly scores: TrackScores;
  readonly evaluation: Evaluation;
  readonly releases: readonly ShadowRelease[];
}

const POOL_SIZE = 5;

export const runTrack = async (
  golden: GoldenCase,
  { target }: ShadowTrack,
  scored: readonly WindowScores[],
): Promise<TrackRun> => {
  const input = { ...(await readMarket(golden)), asOf: golden.asOf, mode: 'core_major' };
  const market = getOrThrow(prepareResearch(input));
  const { sample, panel } = market;
  const windows = planWindows(panel.calendar.length).map(({ id }) => {
    const found = scored.find((one) => one.target === target && one.window.id === id);
    if (found === undefined) throw new Error(`window ${id} of ${target} was not scored`);
    return found;
  });
  const scores = scoreTrack(market, combineWindows(sample.offsets, windows));
  return {
    market,
    windows,
    scores,
    evaluation: evaluateTrack(market, windows, scores, {
      poolSize: POOL_SIZE,
      ordering: referenceOrder,
    }),
    releases: shadowReleases(market, scores, POOL_SIZE),
  };
};
