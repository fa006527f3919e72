import { basename, join } from 'node:path';
import type * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { TRACK_SUMMARY_FILE, TRACKS_FOLDER } from '../../../functions/shadow/history-files.js';
import type { ShadowIndex } from '../../../functions/shadow/shadow-index.js';
import { TrackRow } from '../../../functions/shadow/track-summary-row.js';
import { encodeJson } from '../../../shared/codec/bytes.js';
import { exactObject } from '../../../shared/codec/exact-object.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { AsOfDate, Mode, PositiveInteger, Version } from '../../../shared/codec/primitives.js';
import { ARTIFACT_FILE, RELEASE_MANIFEST_FILE } from '../../../shared/contract/constants.js';
import type { Release } from '../../../shared/contract/release.js';
import { OFFICIAL_BASELINE } from '../../../shared/research/tracks/shadow-tracks.js';
import type { StateFolder } from '../../local/state-folder.js';

export const MONTHLY_SUMMARY_FILE = 'monthly_shadow_build_summary.json';

/** `monthly_shadow_build_summary.json`; all paths are relative to the state folder. */
export const MonthlySummary = exactObject('MonthlySummary', {
  as_of_date: AsOfDate,
  official_baseline: exactObject('OfficialBaseline', {
    profile: t.string,
    source_track: t.string,
    candidate_status: t.string,
    version: Version,
    mode: Mode,
    pool_size: PositiveInteger,
    live_pool_path: t.string,
    live_pool_legacy_path: t.string,
    publish_manifest_path: t.string,
  }),
  shadow_candidate_tracks: exactObject('ShadowCandidateTracks', {
    root_dir: t.string,
    track_summary_path: t.string,
    tracks: t.readonlyArray(TrackRow, 'list of TrackRow'),
  }),
});
export type MonthlySummary = t.TypeOf<typeof MonthlySummary>;

/** The content of a monthly shadow build and the paths of its files. */
export const monthlySummary = (
  { manifest, version, livePool }: Release,
  { tracks }: ShadowIndex,
  state: StateFolder,
): MonthlySummary => {
  const inOutput = (...path: readonly string[]): string => join(basename(state.output), ...path);
  return {
    as_of_date: manifest.as_of_date,
    official_baseline: {
      profile: OFFICIAL_BASELINE.profile,
      source_track: OFFICIAL_BASELINE.sourceTrack,
      candidate_status: OFFICIAL_BASELINE.candidateStatus,
      version,
      mode: manifest.mode,
      pool_size: livePool.pool_size,
      live_pool_path: inOutput(ARTIFACT_FILE.live_pool),
      live_pool_legacy_path: inOutput(ARTIFACT_FILE.live_pool_legacy),
      publish_manifest_path: inOutput(RELEASE_MANIFEST_FILE),
    },
    shadow_candidate_tracks: {
      root_dir: inOutput(TRACKS_FOLDER),
      track_summary_path: inOutput(TRACKS_FOLDER, TRACK_SUMMARY_FILE),
      tracks: tracks.map((row) => ({
        ...row,
        release_index_path: inOutput(TRACKS_FOLDER, row.release_index_path),
      })),
    },
  };
};

export const encodeMonthlySummary = (summary: MonthlySummary): E.Either<Failure, Uint8Array> =>
  encodeJson(MonthlySummary, MONTHLY_SUMMARY_FILE)(summary);
