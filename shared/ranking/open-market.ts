import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, permanent } from '../codec/failure.js';
import { type EpochDay, isoDay } from '../day.js';
import { type BarSeries, dayOfBar, type SymbolMetadata } from '../market-data/bars.js';
import { computeFeatures, type FeatureSet } from './features/feature-set.js';
import { marketContext } from './features/market-context.js';
import { buildPanel, clipBars, type Panel } from './panel.js';
import { BENCHMARK, START_DAY, UNIVERSE_MODES, type UniverseMode } from './parameters.js';
import { containsKeyword } from './universe/leveraged.js';
import { failedMetadataRules, type MetadataRule, metadataBySymbol } from './universe/metadata.js';
import { buildUniverse, type Universe } from './universe/universe.js';

export interface MarketInput {
  /** In any order, one series per symbol; days after `asOf` are ignored. */
  readonly bars: readonly BarSeries[];
  readonly metadata: readonly SymbolMetadata[];
  readonly asOf: EpochDay;
  readonly mode: string;
}

/** The input of a build: bars up to the as-of day, and the symbols eligible by metadata. */
export interface Market {
  readonly mode: UniverseMode;
  /** In upper case. */
  readonly metadata: ReadonlyMap<string, SymbolMetadata>;
  readonly metadataFailures: (symbol: string) => readonly MetadataRule[];
  readonly isEligible: (symbol: string) => boolean;
  /** From the first day of any history to the as-of day, without empty series. */
  readonly bars: readonly BarSeries[];
}

/** The stages that live builds and research have in common. */
export interface MarketStages {
  readonly panel: Panel;
  readonly features: FeatureSet;
  readonly universe: Universe;
}

const findMode = (name: string): E.Either<Failure, UniverseMode> => {
  const names = UNIVERSE_MODES.map((mode) => mode.name).join(', ');
  return pipe(
    UNIVERSE_MODES.find((mode) => mode.name === name),
    E.fromNullable(permanent('configuration', `mode: expected one of ${names}, got "${name}"`)),
  );
};

/**
 * Fails with `configuration` for an unknown mode, and with `upstream-incomplete` if the benchmark
 * has no bar on the as-of day: the method would use an earlier date, which must not happen here.
 */
export const openMarket = (input: MarketInput): E.Either<Failure, Market> =>
  pipe(
    findMode(input.mode),
    E.chain((mode) => open(input, mode)),
  );

const open = (input: MarketInput, mode: UniverseMode): E.Either<Failure, Market> => {
  const { asOf } = input;
  const bars = input.bars
    .map((one) => clipBars(one, { first: START_DAY, last: asOf }))
    .filter((one) => one.day.length > 0);
  const benchmark = bars.find((one) => one.symbol === BENCHMARK);
  if (benchmark?.day.at(-1) !== asOf) return E.left(benchmarkMissing(benchmark, asOf));

  const metadata = metadataBySymbol(input.metadata);
  const metadataFailures = (symbol: string) =>
    failedMetadataRules(metadata.get(symbol), mode, containsKeyword);
  const isEligible = (symbol: string): boolean => metadataFailures(symbol).length === 0;
  return E.right({ mode, metadata, metadataFailures, isEligible, bars });
};

/** Panel, features, universe and market context of the series, which must hold the benchmark. */
export const computeStages = (
  bars: readonly BarSeries[],
  { mode, isEligible }: Pick<Market, 'mode' | 'isEligible'>,
): MarketStages => {
  const panel = buildPanel(bars);
  const features = computeFeatures(panel);
  const universe = buildUniverse(panel, features, mode, isEligible);
  marketContext(features, universe.members);
  return { panel, features, universe };
};

const benchmarkMissing = (benchmark: BarSeries | undefined, asOf: EpochDay): Failure => {
  const last = benchmark && dayOfBar(benchmark, -1);
  const found = last === undefined ? 'it has none at all' : `its last one is of ${isoDay(last)}`;
  return permanent(
    'upstream-incomplete',
    `The benchmark ${BENCHMARK} has no bar on the as-of day ${isoDay(asOf)}: ${found}.`,
    { context: { benchmark: BENCHMARK, as_of_date: isoDay(asOf) } },
  );
};
