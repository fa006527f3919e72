import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../codec/failure.js';
import type { CalendarPosition } from '../units.js';
import { column } from './column-table.js';
import { type DateRange, rowsOn, wholeCalendar } from './cross-section.js';
import { computeLabels, type Target } from './models/labels.js';
import {
  isFittable,
  liveWindow,
  type ModelData,
  modelData,
  trainingRows,
} from './models/training-data.js';
import {
  computeStages,
  type Market,
  type MarketInput,
  type MarketStages,
  openMarket,
} from './open-market.js';
import { type PrefilterResult, prefilter } from './prefilter.js';

export interface LiveBuildInput extends MarketInput {
  /** The pool that readers have now. It is always loaded, even if the prefilter rejects it. */
  readonly previousPool: readonly string[];
  readonly poolSize: number;
}

/** A live build up to the models: the inputs for scoring and explaining the as-of day. */
export interface PreparedBuild
  extends Pick<Market, 'mode' | 'metadata' | 'metadataFailures'>,
    MarketStages {
  readonly input: LiveBuildInput;
  readonly prefilter: PrefilterResult;
  /** The as-of day's position in the panel's calendar. */
  readonly asOfPosition: CalendarPosition;
  /** The universe rows of the as-of day. */
  readonly scoringRows: Int32Array;
  readonly target: Target;
  readonly window: DateRange;
  readonly trainingRowCount: number;
  /** Undefined if there are too few rows to fit a model (METHOD §9.1). */
  readonly data: ModelData | undefined;
}

/**
 * Prefilter, panel, features, universe, market context, labels and matrices, in this order
 * (METHOD §0). Fails as {@link openMarket} does.
 */
export const prepareLiveBuild = (input: LiveBuildInput): E.Either<Failure, PreparedBuild> =>
  pipe(
    openMarket(input),
    E.map((market) => prepare(input, market)),
  );

const prepare = (input: LiveBuildInput, market: Market): PreparedBuild => {
  const { mode, metadata, metadataFailures, isEligible, bars } = market;
  const candidates = bars.filter((one) => isEligible(one.symbol));
  const filtered = prefilter(candidates, input.previousPool, mode);
  const loaded = bars.filter((one) => filtered.loaded.includes(one.symbol));
  const { panel, features, universe } = computeStages(loaded, market);

  const target = 'blended_rank_pct';
  // openMarket has checked that the benchmark has a bar on the as-of day: it ends the calendar.
  const position = wholeCalendar(panel).last;
  const window = liveWindow(position);
  const labels = column(computeLabels(panel, universe.members, window), target);
  const scoringRows = rowsOn(universe.members, position);
  const training = trainingRows(universe.members, labels, window);
  const rows = { training, scoring: scoringRows };
  return {
    input,
    mode,
    metadata,
    metadataFailures,
    prefilter: filtered,
    panel,
    asOfPosition: position,
    features,
    universe,
    scoringRows,
    target,
    window,
    trainingRowCount: training.length,
    data: isFittable(training, scoringRows)
      ? modelData(features, panel.dateOfRow, labels, rows)
      : undefined,
  };
};
