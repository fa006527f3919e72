import { isoDay } from '../../day.js';
import type { Table } from '../csv-text.js';
import { type ShadowIdentity, shadowPaths, shadowVersion } from './shadow-artifacts.js';
import type { ShadowRelease } from './shadow-releases.js';
import type { ShadowTrack } from './shadow-tracks.js';

/** `release_index.csv`; paths are relative to it. */
export const releaseIndexTable = (identity: ShadowIdentity): Table<ShadowRelease> => {
  const { track, mode, sourceProject, poolSize } = identity;
  const paths = (release: ShadowRelease) => shadowPaths(shadowVersion(release, identity));
  return [
    ['version', (release) => shadowVersion(release, identity)],
    ['as_of_date', ({ asOf }) => isoDay(asOf)],
    ['activation_date', ({ activation }) => isoDay(activation)],
    ['mode', () => mode],
    ['source_project', () => sourceProject],
    ['pool_size', ({ pool }) => pool.length],
    ['expected_pool_size', () => poolSize],
    ['symbols', ({ pool }) => pool.map(({ symbol }) => symbol).join('|')],
    ['profile', () => track.profile],
    ['source_track', () => track.sourceTrack],
    ['candidate_status', () => track.candidateStatus],
    ['regime', ({ regime }) => regime.regime],
    ['regime_confidence', ({ regime }) => regime.confidence],
    ['pool_stability', ({ stability }) => stability],
    ['pool_churn', ({ churn }) => churn],
    ['has_selection_meta', () => true],
    ['live_pool_path', (release) => paths(release).live_pool],
    ['live_pool_legacy_path', (release) => paths(release).live_pool_legacy],
    ['release_manifest_path', (release) => paths(release).release_manifest],
  ];
};

export interface TrackSummary {
  readonly track: ShadowTrack;
  readonly releases: readonly ShadowRelease[];
  /** Relative to the summary. */
  readonly releaseIndexPath: string;
}

const dayText = (release: ShadowRelease | undefined): string | null =>
  release === undefined ? null : isoDay(release.asOf);

/** `track_summary.csv`. */
export const TRACK_SUMMARY_TABLE: Table<TrackSummary> = [
  ['track_id', ({ track }) => track.id],
  ['profile_name', ({ track }) => track.profile],
  ['target_mode', ({ track }) => track.target],
  ['source_track', ({ track }) => track.sourceTrack],
  ['candidate_status', ({ track }) => track.candidateStatus],
  ['release_count', ({ releases }) => releases.length],
  ['first_as_of_date', ({ releases }) => dayText(releases[0])],
  ['last_as_of_date', ({ releases }) => dayText(releases.at(-1))],
  ['release_index_path', ({ releaseIndexPath }) => releaseIndexPath],
];
