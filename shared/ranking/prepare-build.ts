import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type EpochDay, isoDay } from '../day.js';
import { type Failure, permanent } from '../failure.js';
import type { BarSeries, SymbolMetadata } from '../market-data/bars.js';
import { column } from './columns.js';
import { type DateRange, rowsOn } from './cross-section.js';
import { computeFeatures, type FeatureSet } from './features/feature-set.js';
import { marketContext } from './features/market-context.js';
import { computeLabels, type Target } from './labels.js';
import { BENCHMARK, START_DAY, UNIVERSE_MODES, type UniverseMode } from './method.js';
import { buildPanel, clipBars, dateOf, type Panel } from './panel.js';
import { type PrefilterResult, prefilter } from './prefilter.js';
import { isFittable, liveWindow, type ModelData, modelData, trainingRows } from './training.js';
import { containsKeyword, type IsLeveraged, suffixOfListedAsset } from './universe/leveraged.js';
import { failedMetadataRules, type MetadataRule, metadataBySymbol } from './universe/metadata.js';
import { buildUniverse, type Universe } from './universe/universe.js';

export interface LiveBuildInput {
  /** In any order, one series per symbol; days after `asOf` are not looked at. */
  readonly bars: readonly BarSeries[];
  readonly metadata: readonly SymbolMetadata[];
  /** The pool that readers have now: it is loaded whatever the prefilter says. */
  readonly previousPool: readonly string[];
  readonly asOf: EpochDay;
  readonly mode: string;
  readonly poolSize: number;
  /** Default `frozen`, as production has always had it. */
  readonly leveragedRule?: 'frozen' | 'corrected';
}

/** A live build up to the models: all that scoring and explaining the as-of day needs. */
export interface PreparedBuild {
  readonly input: LiveBuildInput;
  readonly mode: UniverseMode;
  /** In upper case. */
  readonly metadata: ReadonlyMap<string, SymbolMetadata>;
  readonly metadataFailures: (symbol: string) => readonly MetadataRule[];
  readonly prefilter: PrefilterResult;
  readonly panel: Panel;
  /** The as-of day's position in the panel's calendar. */
  readonly asOf: number;
  readonly features: FeatureSet;
  readonly universe: Universe;
  /** The universe rows of the as-of day. */
  readonly scoringRows: Int32Array;
  readonly target: Target;
  readonly window: DateRange;
  readonly trainingRowCount: number;
  /** Undefined if there are too few rows to fit a model (METHOD §9.1). */
  readonly data: ModelData | undefined;
}

const findMode = (name: string): E.Either<Failure, UniverseMode> => {
  const names = UNIVERSE_MODES.map((mode) => mode.name).join(', ');
  return pipe(
    UNIVERSE_MODES.find((mode) => mode.name === name),
    E.fromNullable(permanent('configuration', `mode: expected one of ${names}, got "${name}"`)),
  );
};

/**
 * Prefilter, panel, features, universe, market context, labels and matrices, in this order
 * (METHOD §0). Fails with `upstream-incomplete` if the benchmark has no bar on the as-of day: the
 * method would fall back to an earlier date, a live build must not.
 */
export const prepareLiveBuild = (input: LiveBuildInput): E.Either<Failure, PreparedBuild> =>
  pipe(
    findMode(input.mode),
    E.chain((mode) => prepare(input, mode)),
  );

const prepare = (input: LiveBuildInput, mode: UniverseMode): E.Either<Failure, PreparedBuild> => {
  const { asOf } = input;
  const bars = input.bars
    .map((one) => clipBars(one, { first: START_DAY, last: asOf }))
    .filter((one) => one.day.length > 0);
  const benchmark = bars.find((one) => one.symbol === BENCHMARK);
  if (benchmark?.day.at(-1) !== asOf) return E.left(benchmarkMissing(benchmark, asOf));

  const metadata = metadataBySymbol(input.metadata);
  const isLeveraged: IsLeveraged =
    input.leveragedRule === 'corrected'
      ? suffixOfListedAsset([...metadata.values()])
      : containsKeyword;
  const metadataFailures = (symbol: string) =>
    failedMetadataRules(metadata.get(symbol), mode, isLeveraged);
  const isEligible = (symbol: string): boolean => metadataFailures(symbol).length === 0;

  const candidates = bars.filter((one) => isEligible(one.symbol));
  const filtered = prefilter(candidates, input.previousPool, mode);
  const panel = buildPanel(bars.filter((one) => filtered.loaded.includes(one.symbol)));
  const features = computeFeatures(panel);
  const universe = buildUniverse(panel, features, mode, isEligible);
  marketContext(features, universe.members);

  const target = 'blended_rank_pct';
  const position = dateOf(panel, asOf);
  const window = liveWindow(position);
  const labels = column(computeLabels(panel, universe.members, window), target);
  const scoringRows = rowsOn(universe.members, position);
  const training = trainingRows(universe.members, labels, window);
  const rows = { training, scoring: scoringRows };
  return E.right({
    input,
    mode,
    metadata,
    metadataFailures,
    prefilter: filtered,
    panel,
    asOf: position,
    features,
    universe,
    scoringRows,
    target,
    window,
    trainingRowCount: training.length,
    data: isFittable(training, scoringRows)
      ? modelData(features, panel.dateOfRow, labels, rows)
      : undefined,
  });
};

const benchmarkMissing = (benchmark: BarSeries | undefined, asOf: EpochDay): Failure => {
  const last = benchmark?.day.at(-1);
  const found = last === undefined ? 'it has none at all' : `its last one is of ${isoDay(last)}`;
  return permanent(
    'upstream-incomplete',
    `The benchmark ${BENCHMARK} has no bar on the as-of day ${isoDay(asOf)}: ${found}.`,
    { context: { benchmark: BENCHMARK, as_of_date: isoDay(asOf) } },
  );
};
