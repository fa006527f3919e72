import * as t from 'io-ts';
import { Count } from '../../shared/codec/count.js';
import { exactObject } from '../../shared/codec/exact-object.js';
import { AsOfDate } from '../../shared/codec/primitives.js';
import {
  TRACK_SUMMARY_TABLE,
  type TrackSummary,
} from '../../shared/research/tracks/release-tables.js';
import { TrackName } from '../../shared/research/tracks/shadow-tracks.js';
import { TargetName } from '../../shared/research/tracks/target-name.js';

const DateOrNull = t.union([AsOfDate, t.null], 'AsOfDate or null');

/** A row of `track_summary.csv` as JSON; dates are null if the track has no release. */
export const TrackRow = exactObject('TrackRow', {
  track_id: TrackName,
  profile_name: TrackName,
  target_mode: TargetName,
  source_track: TrackName,
  candidate_status: TrackName,
  release_count: Count,
  first_as_of_date: DateOrNull,
  last_as_of_date: DateOrNull,
  release_index_path: t.string,
});
export type TrackRow = t.TypeOf<typeof TrackRow>;

/** The cells of the row by column. Not validated here: the codec of the index does that. */
export const trackRow = (summary: TrackSummary): Readonly<Record<string, unknown>> =>
  Object.fromEntries(TRACK_SUMMARY_TABLE.map(([name, read]) => [name, read(summary)]));
