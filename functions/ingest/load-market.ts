import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import { addDays, dayOf, type EpochDay, parseIsoDay } from '../../shared/day.js';
import { type BarSeries, dayOfBar, type SymbolMetadata } from '../../shared/market-data/bars.js';
import type { LoadedMarket } from '../../shared/market-data/quality/loaded-market.js';
import { BENCHMARK, START_DAY, UNIVERSE_MODES } from '../../shared/ranking/parameters.js';
import { containsKeyword } from '../../shared/ranking/universe/leveraged.js';
import { failedMetadataRules } from '../../shared/ranking/universe/metadata.js';
import type { Environment } from '../environment.js';
import { previousSnapshot } from './previous-snapshot.js';
import type { RunRecord } from './run-record.js';

/** Symbols that at least one mode could rank. */
const eligibleSymbols = (metadata: readonly SymbolMetadata[]): readonly string[] =>
  metadata
    .filter((entry) =>
      UNIVERSE_MODES.some((mode) => failedMetadataRules(entry, mode, containsKeyword).length === 0),
    )
    .map(({ symbol }) => symbol);

/** Files may hold bars from after the run's date, for example when a past month is run again. */
const LAST_DAY_OF_FILES = parseIsoDay('9999-12-31');

/** First day of each symbol that has no bar up to the as-of day but has bars after it. */
const listedAfter = (
  { source }: Pick<Environment, 'source'>,
  symbols: readonly string[],
  { asOf, lastClosed }: Pick<LoadedMarket, 'asOf' | 'lastClosed'>,
): TE.TaskEither<Failure, ReadonlyMap<string, EpochDay>> => {
  const range = { first: addDays(asOf, 1), last: source.live ? lastClosed : LAST_DAY_OF_FILES };
  return symbols.length === 0 || range.last < range.first
    ? TE.right(new Map())
    : pipe(
        source.bars(symbols, range),
        TE.map(
          (later) => new Map(later.map((one) => [one.symbol, dayOfBar(one, 0) ?? range.first])),
        ),
      );
};

const withoutBars = (
  symbols: readonly string[],
  series: readonly BarSeries[],
): readonly string[] => {
  const loaded = new Set(series.map(({ symbol }) => symbol));
  return symbols.filter((symbol) => !loaded.has(symbol));
};

/** Loads the benchmark, the previous pool and the candidates from the market-data source. */
export const loadMarket = (
  environment: Pick<Environment, 'source' | 'objects'>,
  { started_by, previous_pool }: RunRecord,
): TE.TaskEither<Failure, LoadedMarket> => {
  const { source, objects } = environment;
  const { as_of_date } = started_by.payload;
  const asOf = parseIsoDay(as_of_date);
  const lastClosed = addDays(dayOf(new Date(started_by.occurred_at)), -1);
  return pipe(
    TE.Do,
    TE.bind('metadata', () => source.metadata()),
    TE.bind('candidates', ({ metadata }) => source.candidates(eligibleSymbols(metadata), asOf)),
    TE.bind('series', ({ candidates }) =>
      source.bars([BENCHMARK, ...previous_pool, ...candidates], { first: START_DAY, last: asOf }),
    ),
    TE.bind('listedLater', ({ candidates, series }) =>
      listedAfter(environment, withoutBars(candidates, series), { asOf, lastClosed }),
    ),
    TE.bind('before', () => previousSnapshot(objects, as_of_date)),
    TE.map((loaded) => ({
      ...loaded,
      asOf,
      lastClosed,
      benchmark: BENCHMARK,
      previousPool: previous_pool,
    })),
  );
};
