import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { decode } from '../../codec/decode.js';
import { exactObject } from '../../codec/exact-object.js';
import { type Failure, permanent } from '../../codec/failure.js';
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

const sameTrack = (a: ShadowTrack, b: ShadowTrack): boolean =>
  JSON.stringify(ShadowTrack.encode(a)) === JSON.stringify(ShadowTrack.encode(b));

const problemOf = (track: ShadowTrack, index: number, all: readonly ShadowTrack[]) => {
  const { id, sourceTrack, candidateStatus } = track;
  if (all.findIndex((one) => one.id === id) !== index) return `${id}: expected each id once`;
  if (id === OFFICIAL_BASELINE.id) {
    return sameTrack(track, OFFICIAL_BASELINE)
      ? undefined
      : `${id}: is the method as it is published and cannot be redefined`;
  }
  if (candidateStatus !== CANDIDATE) {
    return `${id}.candidateStatus: expected ${CANDIDATE}, got ${candidateStatus}`;
  }
  return sourceTrack === OFFICIAL_BASELINE.sourceTrack
    ? `${id}.sourceTrack: expected any but the baseline's, got ${sourceTrack}`
    : undefined;
};

const ListOfTracks = t.readonlyArray(ShadowTrack, 'list of ShadowTrack');

/**
 * The codec of the setting that lists the tracks to record: it contains the baseline exactly as it
 * is defined here, each id once, and every other track is a `shadow_candidate`.
 */
export const decodeShadowTracks = (value: unknown): E.Either<Failure, readonly ShadowTrack[]> =>
  pipe(
    value,
    decode(ListOfTracks, 'shadow tracks'),
    E.chain((tracks) => {
      const problems = tracks.flatMap((track, i) => problemOf(track, i, tracks) ?? []);
      const missing = tracks.some(({ id }) => id === OFFICIAL_BASELINE.id)
        ? []
        : [`expected ${OFFICIAL_BASELINE.id} among them: all others are measured by it`];
      const sentences = [...problems, ...missing];
      return sentences.length === 0
        ? E.right(tracks)
        : E.left(permanent('configuration', `shadow tracks: ${sentences.join('; ')}`));
    }),
  );
