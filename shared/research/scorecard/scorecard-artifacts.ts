import type * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { encodeJson } from '../../codec/bytes.js';
import { Count } from '../../codec/count.js';
import { exactObject } from '../../codec/exact-object.js';
import type { Failure } from '../../codec/failure.js';
import { AsOfDate, Finite, PositiveInteger, Text } from '../../codec/primitives.js';
import { strictRecord } from '../../codec/strict-record.js';
import { isoDay } from '../../day.js';
import { nanToNull } from '../../ranking/nan-to-null.js';
import type { Table } from '../csv-text.js';
import { TrackName } from '../tracks/shadow-tracks.js';
import { BOOTSTRAP } from './bootstrap.js';
import {
  type Comparison,
  MEASURES,
  type PairedMeasure,
  PRIMARY_MEASURE,
  type Scorecard,
  type ScorecardMonth,
} from './scorecard.js';

export const SCORECARD_FILE = 'scorecard.json';

const Known = t.union([Finite, t.null], 'Finite or null');
const ByMeasure = strictRecord('Finite or null by measure', Text, Known);

/** `scorecard.json`; null means not (yet) known. */
export const ScorecardFile = exactObject('ScorecardFile', {
  baseline: TrackName,
  primary_measure: Text,
  interval: exactObject('IntervalMethod', {
    confidence: Finite,
    resamples: PositiveInteger,
    block_months: PositiveInteger,
    minimum_months: PositiveInteger,
  }),
  comparisons: t.readonlyArray(
    exactObject('Comparison', {
      track_id: TrackName,
      favours: t.union([TrackName, t.null], 'TrackName or null'),
      sentence: Text,
      measures: t.readonlyArray(
        exactObject('PairedMeasure', {
          measure: Text,
          months: Count,
          baseline_mean: Known,
          track_mean: Known,
          difference: Known,
          low: Known,
          high: Known,
        }),
        'list of PairedMeasure',
      ),
    }),
    'list of Comparison',
  ),
  totals: t.readonlyArray(
    exactObject('TrackTotal', { track_id: TrackName, months: Count, means: ByMeasure }),
    'list of TrackTotal',
  ),
  months: t.readonlyArray(
    exactObject(
      'ScorecardMonth',
      { rebalance_date: AsOfDate, track_id: TrackName, values: ByMeasure },
      { differences: ByMeasure },
    ),
    'list of ScorecardMonth',
  ),
});
export type ScorecardFile = t.TypeOf<typeof ScorecardFile>;

const byMeasure = (values: readonly number[]) =>
  Object.fromEntries(MEASURES.map(([name], i) => [name, nanToNull(values[i])]));

const comparisonOf = ({ trackId, favours, sentence, measures }: Comparison) => ({
  track_id: trackId,
  favours: favours ?? null,
  sentence,
  measures: measures.map((one) => ({
    measure: one.measure,
    months: one.months,
    baseline_mean: nanToNull(one.baselineMean),
    track_mean: nanToNull(one.trackMean),
    difference: nanToNull(one.difference),
    low: nanToNull(one.low),
    high: nanToNull(one.high),
  })),
});

/** The bytes of `scorecard.json`; fails if a number is infinite. */
export const encodeScorecard = (card: Scorecard): E.Either<Failure, Uint8Array> =>
  encodeJson(
    ScorecardFile,
    SCORECARD_FILE,
  )({
    baseline: card.baselineId,
    primary_measure: PRIMARY_MEASURE,
    interval: {
      confidence: BOOTSTRAP.confidence,
      resamples: BOOTSTRAP.resamples,
      block_months: BOOTSTRAP.blockMonths,
      minimum_months: BOOTSTRAP.minimumMonths,
    },
    comparisons: card.comparisons.map(comparisonOf),
    totals: card.totals.map(({ trackId, months, means }) => ({
      track_id: trackId,
      months,
      means: byMeasure(means),
    })),
    months: card.months.map(({ day, trackId, values, differences }) => ({
      rebalance_date: isoDay(day),
      track_id: trackId,
      values: byMeasure(values),
      ...(differences && { differences: byMeasure(differences) }),
    })),
  });

/** `scorecard_months.csv`: a row per month and track. */
export const SCORECARD_MONTHS_TABLE: Table<ScorecardMonth> = [
  ['rebalance_date', ({ day }) => isoDay(day)],
  ['track_id', ({ trackId }) => trackId],
  ...MEASURES.map(([name], i): Table<ScorecardMonth>[number] => [
    name,
    ({ values }) => values[i] ?? null,
  ]),
  ...MEASURES.map(([name], i): Table<ScorecardMonth>[number] => [
    `${name}_difference`,
    ({ differences }) => differences?.[i] ?? null,
  ]),
];

type ComparedMeasure = PairedMeasure & { readonly trackId: string };

/** The rows of {@link SCORECARD_TABLE}. */
export const comparedMeasures = ({ comparisons }: Scorecard): readonly ComparedMeasure[] =>
  comparisons.flatMap(({ trackId, measures }) => measures.map((one) => ({ trackId, ...one })));

/**
 * `scorecard.csv`: a row per track and measure, over the months that it shares with the baseline.
 */
export const SCORECARD_TABLE: Table<ComparedMeasure> = [
  ['track_id', ({ trackId }) => trackId],
  ['measure', ({ measure }) => measure],
  ['primary', ({ measure }) => measure === PRIMARY_MEASURE],
  ['months', ({ months }) => months],
  ['baseline_mean', ({ baselineMean }) => baselineMean],
  ['track_mean', ({ trackMean }) => trackMean],
  ['difference', ({ difference }) => difference],
  ['interval_low', ({ low }) => low],
  ['interval_high', ({ high }) => high],
];
