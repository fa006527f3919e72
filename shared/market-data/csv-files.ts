import * as E from 'fp-ts/lib/Either.js';
import { flow, pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import type { Failure } from '../codec/failure.js';
import type { BarSeries, DayRange, SymbolMetadata } from './bars.js';
import { parseBarCsv } from './csv-bars.js';
import { parseMetadataCsv } from './csv-metadata.js';
import { decodeText } from './csv-text.js';
import type { ParseDay } from './day-parser.js';
import { type RejectedFile, rejectInput } from './input-problems.js';
import { sliceDays } from './slice-days.js';

/** The symbols in a metadata file. */
export const metadataOf = (
  file: string,
  bytes: Uint8Array,
): E.Either<Failure, readonly SymbolMetadata[]> =>
  pipe(
    decodeText(bytes),
    E.chain(parseMetadataCsv),
    E.mapLeft((problems) => rejectInput([{ file, problems }])),
  );

/** The bars in the file of one symbol. */
export const seriesOf = (
  file: string,
  symbol: string,
  bytes: Uint8Array,
  parseDay: ParseDay,
): E.Either<RejectedFile, BarSeries> =>
  pipe(
    decodeText(bytes),
    E.chain((text) => parseBarCsv(symbol, text, parseDay)),
    E.mapLeft((problems) => ({ file, problems })),
  );

/**
 * The bars of `range`, without series that have none there. Files are checked as a whole, and all
 * rejected files are reported in one failure.
 */
export const parseSeriesFiles = (
  range: DayRange,
): ((
  read: readonly E.Either<RejectedFile, BarSeries>[],
) => E.Either<Failure, readonly BarSeries[]>) =>
  flow(RA.separate, ({ left, right }) =>
    left.length > 0
      ? E.left(rejectInput(left))
      : E.right(
          right.map((series) => sliceDays(series, range)).filter((series) => series.day.length > 0),
        ),
  );
