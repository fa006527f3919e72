import type { EpochDay } from '../../day.js';
import { type NumberColumn, POOL_NUMBERS } from '../evaluation/evaluation-tables.js';
import type { PoolEvaluation } from '../evaluation/pool-evaluation.js';
import { knownMean } from '../evaluation/pool-overlap.js';
import type { ShadowTrack } from '../tracks/shadow-tracks.js';
import { meanInterval } from './bootstrap.js';
import { significantWinner, verdictText } from './verdict.js';

const MEASURED = ['churn', 'precision', 'recall', 'leader_capture', 'mean_future_return'];

/** The measures by which tracks are compared, named as in the table of monthly pools. */
export const MEASURES: readonly NumberColumn[] = POOL_NUMBERS.filter(([name]) =>
  MEASURED.some((suffix) => name.endsWith(suffix)),
);

/**
 * The measure that decides the verdict, fixed in advance: of thirteen intervals at 95 %, one is
 * likely to exclude 0 by chance. The mean return is what a holder of the pool earns and counts
 * every member, and no track is trained on it; precision within 60 days is nearly the label that
 * the challenger learns.
 */
export const PRIMARY_MEASURE = 'h60_pool_mean_future_return';

/** A track and its monthly pools, oldest first, as `evaluateTrack` gives them. */
export interface MeasuredTrack {
  readonly track: ShadowTrack;
  readonly pools: readonly PoolEvaluation[];
}

/** One month of one track; NaN means not (yet) known. */
export interface ScorecardMonth {
  readonly day: EpochDay;
  readonly trackId: string;
  /** In the order of {@link MEASURES}, as all that follow. */
  readonly values: readonly number[];
  /** The values less the baseline's; undefined for the baseline itself. */
  readonly differences: readonly number[] | undefined;
}

/** The mean over all months of a track in which a measure is known. */
interface TrackTotal {
  readonly trackId: string;
  readonly months: number;
  readonly means: readonly number[];
}

/** A measure over the months in which it is known of both tracks. */
export interface PairedMeasure {
  readonly measure: string;
  readonly months: number;
  readonly baselineMean: number;
  readonly trackMean: number;
  /** The mean of the monthly differences, the track less the baseline, and its interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

export interface Comparison {
  readonly trackId: string;
  readonly measures: readonly PairedMeasure[];
  /** The track that the primary measure favours, if any. */
  readonly favours: string | undefined;
  readonly sentence: string;
}

export interface Scorecard {
  readonly baselineId: string;
  readonly months: readonly ScorecardMonth[];
  readonly totals: readonly TrackTotal[];
  readonly comparisons: readonly Comparison[];
}

/** Compares every other track with the baseline. Deterministic: equal input, equal scorecard. */
export const makeScorecard = (
  baseline: MeasuredTrack,
  others: readonly MeasuredTrack[],
): Scorecard => ({
  baselineId: baseline.track.id,
  months: monthsOf(baseline, others),
  totals: [baseline, ...others].map(({ track, pools }) => ({
    trackId: track.id,
    months: pools.length,
    means: MEASURES.map(([, read]) => knownMean(pools.map(read))),
  })),
  comparisons: others.map((other) => compare(baseline, other)),
});

const onDay = ({ pools }: MeasuredTrack, day: EpochDay): PoolEvaluation | undefined =>
  pools.find((one) => one.day === day);

/** Month by month, in each the baseline first. */
const monthsOf = (
  baseline: MeasuredTrack,
  others: readonly MeasuredTrack[],
): readonly ScorecardMonth[] => {
  const all = [baseline, ...others];
  const days = new Set(all.flatMap(({ pools }) => pools.map(({ day }) => day)));
  return [...days]
    .sort((a, b) => a - b)
    .flatMap((day) => {
      const reference = onDay(baseline, day);
      return all.flatMap((one): readonly ScorecardMonth[] => {
        const shadow = onDay(one, day);
        if (shadow === undefined) return [];
        const values = MEASURES.map(([, read]) => read(shadow));
        const differences = MEASURES.map(([, read]) =>
          reference === undefined ? Number.NaN : read(shadow) - read(reference),
        );
        const isBaseline = one === baseline;
        return [
          { day, trackId: one.track.id, values, differences: isBaseline ? undefined : differences },
        ];
      });
    });
};

const compare = (baseline: MeasuredTrack, other: MeasuredTrack): Comparison => {
  const measures = MEASURES.map((measure) => pairedMeasure(baseline, other, measure));
  const primary = measures.find(({ measure }) => measure === PRIMARY_MEASURE) as PairedMeasure;
  const ids = { baseline: baseline.track.id, track: other.track.id };
  return {
    trackId: other.track.id,
    measures,
    favours: significantWinner(primary, ids),
    sentence: verdictText(primary, ids),
  };
};

const pairedMeasure = (
  baseline: MeasuredTrack,
  other: MeasuredTrack,
  [measure, read]: NumberColumn,
): PairedMeasure => {
  const pairs = baseline.pools.flatMap((theirs) => {
    const ours = onDay(other, theirs.day);
    const pair = [read(theirs), ours === undefined ? Number.NaN : read(ours)] as const;
    return pair.some(Number.isNaN) ? [] : [pair];
  });
  const differences = pairs.map(([theirs, ours]) => ours - theirs);
  return {
    measure,
    months: pairs.length,
    baselineMean: knownMean(pairs.map(([theirs]) => theirs)),
    trackMean: knownMean(pairs.map(([, ours]) => ours)),
    difference: knownMean(differences),
    ...meanInterval(Float64Array.from(differences)),
  };
};
