import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { utf8 } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import type { Mode } from '../../shared/codec/primitives.js';
import { csvText } from '../../shared/research/csv-text.js';
import type { ResearchMarket } from '../../shared/research/prepare-research.js';
import {
  releaseIndexTable,
  TRACK_SUMMARY_TABLE,
  type TrackSummary,
} from '../../shared/research/tracks/release-tables.js';
import {
  encodeShadowRelease,
  type ShadowIdentity,
} from '../../shared/research/tracks/shadow-artifacts.js';
import { OFFICIAL_BASELINE } from '../../shared/research/tracks/shadow-tracks.js';
import { researchTables } from './research-tables.js';
import { scorecardFiles } from './scorecard-files.js';
import type { TrackHistory } from './track-history.js';

/** Files by path, relative both to the build and to the local output folder. */
export type Files = ReadonlyMap<string, Uint8Array>;

export const RELEASES_FOLDER = 'shadow_releases';
export const TRACKS_FOLDER = 'shadow_candidate_tracks';
export const RELEASE_INDEX_FILE = 'release_index.csv';
export const TRACK_SUMMARY_FILE = 'track_summary.csv';

const below = (folder: string, files: Files): Files =>
  new Map([...files].map(([path, bytes]) => [`${folder}/${path}`, bytes]));

/** The releases of a track and their index. */
const releaseFiles = (
  { releases }: TrackHistory,
  identity: ShadowIdentity,
): E.Either<Failure, Files> =>
  pipe(
    releases,
    E.traverseArray((release) => encodeShadowRelease(release, identity)),
    E.map((encoded) => {
      const index = csvText(releaseIndexTable(identity), releases);
      return new Map([
        [RELEASE_INDEX_FILE, utf8(index)],
        ...encoded.flatMap((release) => [...release]),
      ]);
    }),
  );

const tableFiles = (market: ResearchMarket, history: TrackHistory): Files =>
  new Map([...researchTables(market, history)].map(([name, text]) => [name, utf8(text)]));

export const trackSummary = ({ track, releases }: TrackHistory): TrackSummary => ({
  track,
  releases,
  releaseIndexPath: `${track.id}/${RELEASE_INDEX_FILE}`,
});

/**
 * All files of a shadow build: the official baseline's releases for replay, each track with its
 * releases and research tables, and the comparison of the tracks.
 */
export const historyFiles = (
  market: ResearchMarket,
  histories: readonly TrackHistory[],
  common: { readonly mode: Mode; readonly sourceProject: string; readonly poolSize: number },
): E.Either<Failure, Files> =>
  pipe(
    histories,
    E.traverseArray((history) =>
      pipe(
        releaseFiles(history, { ...common, track: history.track }),
        E.map((releases) => ({ history, releases })),
      ),
    ),
    E.bindTo('tracks'),
    E.bind('scorecard', () => scorecardFiles(histories)),
    E.map(({ tracks, scorecard }) => {
      const summary = utf8(csvText(TRACK_SUMMARY_TABLE, histories.map(trackSummary)));
      const files = new Map([[`${TRACKS_FOLDER}/${TRACK_SUMMARY_FILE}`, summary]]);
      const add = (folder: string, more: Files): void => {
        for (const [path, bytes] of below(folder, more)) files.set(path, bytes);
      };
      add(TRACKS_FOLDER, scorecard);
      for (const { history, releases } of tracks) {
        if (history.track.id === OFFICIAL_BASELINE.id) add(RELEASES_FOLDER, releases);
        add(`${TRACKS_FOLDER}/${history.track.id}`, releases);
        add(`${TRACKS_FOLDER}/${history.track.id}`, tableFiles(market, history));
      }
      return files;
    }),
  );
