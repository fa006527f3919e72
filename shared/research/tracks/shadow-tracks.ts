import type * as t from 'io-ts';
import { exactObject } from '../../codec/exact-object.js';
import { PositiveInteger } from '../../codec/primitives.js';
import { refinedText } from '../../codec/refined.js';
import { TargetName } from './target-name.js';

/** A track's name and folder: a safe path segment on every store and disk. */
export const TrackName = refinedText(
  'TrackName',
  '[a-z][a-z0-9_]{0,59}',
  'lower-case letters, digits and _, e.g. challenger_topk_60',
);
export type TrackName = t.TypeOf<typeof TrackName>;

/**
 * A method of choosing pools that is recorded monthly and never published. `target` is what its
 * models learn. With a `buffer`, a member of the pool stays while its rank is within the pool's
 * size plus the buffer.
 */
export const ShadowTrack = exactObject(
  'ShadowTrack',
  {
    id: TrackName,
    profile: TrackName,
    sourceTrack: TrackName,
    candidateStatus: TrackName,
    target: TargetName,
  },
  { buffer: PositiveInteger },
);
export type ShadowTrack = t.TypeOf<typeof ShadowTrack>;

const CANDIDATE = 'shadow_candidate';

/** The published method. */
export const OFFICIAL_BASELINE = {
  id: 'official_baseline',
  profile: 'baseline_blended_rank',
  sourceTrack: 'official_baseline',
  candidateStatus: 'official_reference',
  target: 'blended_rank_pct',
} as ShadowTrack;

export const CHALLENGER_TOPK_60 = {
  id: 'challenger_topk_60',
  profile: 'challenger_topk_60',
  sourceTrack: CANDIDATE,
  candidateStatus: CANDIDATE,
  target: 'future_topk_label_60',
} as ShadowTrack;

/**
 * The published method, but it keeps members longer. Recorded only on request. The buffer is small
 * because universes are: core_major has had 11 names, of which 5 + 3 would be nearly all.
 */
export const BUFFERED_BASELINE = {
  id: 'buffered_baseline',
  profile: 'baseline_blended_rank_buffered',
  sourceTrack: CANDIDATE,
  candidateStatus: CANDIDATE,
  target: OFFICIAL_BASELINE.target,
  buffer: 2,
} as ShadowTrack;

export const SHADOW_TRACKS: readonly ShadowTrack[] = [OFFICIAL_BASELINE, CHALLENGER_TOPK_60];
