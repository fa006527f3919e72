import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { utf8 } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import { csvText } from '../../shared/research/csv-text.js';
import { makeScorecard } from '../../shared/research/scorecard/scorecard.js';
import {
  comparedMeasures,
  encodeScorecard,
  SCORECARD_FILE,
  SCORECARD_MONTHS_TABLE,
  SCORECARD_TABLE,
} from '../../shared/research/scorecard/scorecard-artifacts.js';
import { OFFICIAL_BASELINE } from '../../shared/research/tracks/shadow-tracks.js';
import type { TrackHistory } from './track-history.js';

const measured = ({ track, evaluation }: TrackHistory) => ({
  track,
  pools: evaluation.pools,
});

/** Compares the other tracks with the baseline; empty if there is nothing to compare. */
export const scorecardFiles = (
  histories: readonly TrackHistory[],
): E.Either<Failure, ReadonlyMap<string, Uint8Array>> => {
  const baseline = histories.find(({ track }) => track.id === OFFICIAL_BASELINE.id);
  const others = histories.filter((history) => history !== baseline);
  if (baseline === undefined || others.length === 0) return E.right(new Map());
  const scorecard = makeScorecard(measured(baseline), others.map(measured));
  return pipe(
    encodeScorecard(scorecard),
    E.map(
      (json) =>
        new Map([
          [SCORECARD_FILE, json],
          ['scorecard.csv', utf8(csvText(SCORECARD_TABLE, comparedMeasures(scorecard)))],
          ['scorecard_months.csv', utf8(csvText(SCORECARD_MONTHS_TABLE, scorecard.months))],
        ]),
    ),
  );
};
