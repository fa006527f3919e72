import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type EpochDay, isoDay, parseIsoDay } from '../../shared/day.js';
import { type Failure, permanent, transient } from '../../shared/failure.js';
import { scratchPrefix } from '../../shared/layout.js';
import type { BarSeries, SymbolMetadata } from '../../shared/market-data/bars.js';
import { sealSnapshot, snapshotKeys } from '../../shared/market-data/snapshot.js';
import type { ObjectReference } from '../../shared/messages/run-facts.js';
import { BENCHMARK, START_DAY, UNIVERSE_MODES } from '../../shared/ranking/method.js';
import { containsKeyword } from '../../shared/ranking/universe/leveraged.js';
import { failedMetadataRules } from '../../shared/ranking/universe/metadata.js';
import { referenceTo } from '../../shared/releases/read-reference.js';
import { CONTENT_TYPES, writeOnce } from '../../shared/releases/write-once.js';
import type { Environment } from '../environment.js';
import type { Claim } from './claim-run.js';

/** The symbols that any mode could rank, the benchmark, and what readers hold now. */
const symbolsToLoad = (
  metadata: readonly SymbolMetadata[],
  previousPool: readonly string[],
): readonly string[] => [
  BENCHMARK,
  ...previousPool,
  ...metadata
    .filter((entry) =>
      UNIVERSE_MODES.some((mode) => failedMetadataRules(entry, mode, containsKeyword).length === 0),
    )
    .map(({ symbol }) => symbol),
];

/** Without the benchmark's closed bar there is no as-of day; an earlier one is never taken instead. */
const demandBenchmark = (
  source: Environment['source'],
  asOf: EpochDay,
  series: readonly BarSeries[],
): E.Either<Failure, readonly BarSeries[]> => {
  const last = series.find(({ symbol }) => symbol === BENCHMARK)?.day.at(-1);
  if (last === asOf) return E.right(series);
  const newest = last === undefined ? 'none at all' : `its newest is of ${isoDay(last)}`;
  const message = `${source.id}: expected a closed ${BENCHMARK} bar of ${isoDay(asOf)}, but ${newest}`;
  // A live source may have the bar tomorrow; a folder of files stays what it is.
  return E.left((source.live ? transient : permanent)('upstream-incomplete', message));
};

export interface Sealed {
  readonly outcome: 'done' | 'already_done';
  readonly reference: ObjectReference;
}

/** Loads the bars of the run and writes them as a content-addressed snapshot, manifest last. */
export const sealMarketData = (
  { source, objects, config }: Environment,
  { started_by, previous_pool }: Claim,
): TE.TaskEither<Failure, Sealed> => {
  const { as_of_date } = started_by.payload;
  const scratch = scratchPrefix({ ...started_by.payload, run_id: started_by.run_id });
  const range = { first: START_DAY, last: parseIsoDay(as_of_date) };
  return pipe(
    TE.Do,
    TE.bind('metadata', () => source.metadata()),
    TE.bind('series', ({ metadata }) =>
      pipe(
        source.bars(symbolsToLoad(metadata, previous_pool), range),
        TE.chainEitherK((series) => demandBenchmark(source, range.last, series)),
      ),
    ),
    TE.chainEitherK(({ metadata, series }) =>
      sealSnapshot({ range, benchmark: BENCHMARK, previousPool: previous_pool, metadata, series }),
    ),
    TE.chain((sealed) => {
      const keys = snapshotKeys(as_of_date, sealed.sha256);
      const manifestKey = `${scratch}${keys.manifest}`;
      return pipe(
        writeOnce(objects, `${scratch}${keys.bars}`, sealed.barsBytes, CONTENT_TYPES.binary),
        TE.chain(() => writeOnce(objects, manifestKey, sealed.manifestBytes, CONTENT_TYPES.json)),
        TE.map(
          ({ outcome }): Sealed => ({
            outcome: outcome === 'written' ? 'done' : 'already_done',
            reference: referenceTo(config, manifestKey, sealed.manifestBytes),
          }),
        ),
      );
    }),
  );
};
