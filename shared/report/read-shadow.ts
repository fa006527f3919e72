import { parse } from 'csv-parse/sync';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { readJson, textOfUtf8 } from '../codec/bytes.js';
import { decode } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import { AsOfDate } from '../codec/primitives.js';
import { refinedText } from '../codec/refined.js';
import { SCORECARD_FILE, ScorecardFile } from '../research/scorecard/scorecard-artifacts.js';
import { backtestPath } from './backtest-path.js';
import type { ShadowPart, ShadowTrackPart } from './model.js';

/** Reads a file of the folder `shadow_candidate_tracks`, from a disk or a store. */
export type ReadTrackFile = (path: string) => TE.TaskEither<Failure, Uint8Array | undefined>;

const Decimal = refinedText('Decimal', '-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?', 'a decimal number');

const ReleaseRows = t.readonlyArray(
  t.strict({ as_of_date: AsOfDate, symbols: t.string }),
  'release_index.csv',
);
const BacktestRows = t.readonlyArray(
  t.strict({ date: AsOfDate, equity: Decimal }),
  'backtest_final_score.csv',
);

const readCsv =
  <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, path: string) =>
  (bytes: Uint8Array | undefined): E.Either<Failure, A> =>
    bytes === undefined
      ? E.left(permanent('malformed-input', `${path}: expected a file of the history, got nothing`))
      : pipe(
          E.tryCatch(
            (): unknown => parse(textOfUtf8(bytes) ?? '', { columns: true }),
            (cause) => permanent('malformed-input', `${path}: expected CSV`, { cause }),
          ),
          E.chain(decode(codec, path)),
        );

const readTrack = (read: ReadTrackFile, id: string): TE.TaskEither<Failure, ShadowTrackPart> => {
  const table = <A>(codec: t.Decoder<unknown, A> & { readonly name: string }) => {
    const path = `${id}/${codec.name}`;
    return pipe(read(path), TE.chainEitherK(readCsv(codec, path)));
  };
  return pipe(
    TE.Do,
    TE.bind('releases', () => table(ReleaseRows)),
    TE.bind('days', () => table(BacktestRows)),
    TE.map(({ releases, days }) => ({
      id,
      pools: releases.map(({ as_of_date, symbols }) => ({
        asOfDate: as_of_date,
        symbols: symbols.split('|').filter((symbol) => symbol !== ''),
      })),
      backtest: backtestPath(days.map(({ date, equity }) => ({ date, equity: Number(equity) }))),
    })),
  );
};

/** The tracks of the shadow history and how they compare; undefined if there is no history. */
export const readShadow = (read: ReadTrackFile): TE.TaskEither<Failure, ShadowPart | undefined> =>
  pipe(
    read(SCORECARD_FILE),
    TE.chain((bytes): TE.TaskEither<Failure, ShadowPart | undefined> => {
      if (bytes === undefined) return TE.right(undefined);
      return pipe(
        TE.fromEither(readJson(ScorecardFile, SCORECARD_FILE)(bytes)),
        TE.bindTo('scorecard'),
        TE.bind('tracks', ({ scorecard }) =>
          pipe(
            scorecard.totals.map(({ track_id }) => track_id),
            TE.traverseSeqArray((id) => readTrack(read, id)),
          ),
        ),
      );
    }),
  );
