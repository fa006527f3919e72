import assert from 'node:assert/strict';
import {
  MEASURES,
  makeScorecard,
  PRIMARY_MEASURE,
  type Scorecard,
} from '../../../../shared/research/scorecard/scorecard.js';
import { BUFFERED_BASELINE } from '../../../../shared/research/tracks/shadow-tracks.js';
import { baselineOf, cardWith, challengerOf, NOISE, RETURNS } from './hand-made-months.js';

const verdict = (card: Scorecard) => {
  const [comparison] = card.comparisons;
  const primary = comparison?.measures.find(({ measure }) => measure === PRIMARY_MEASURE);
  assert.ok(comparison && primary);
  return { ...comparison, primary };
};

describe('makeScorecard', () => {
  it('compares churn and four outcomes over three horizons', () => {
    assert.deepEqual(
      MEASURES.map(([name]) => name),
      [
        'pool_churn',
        ...[30, 60, 90].flatMap((horizon) => [
          `h${horizon}_precision`,
          `h${horizon}_recall`,
          `h${horizon}_leader_capture`,
          `h${horizon}_pool_mean_future_return`,
        ]),
      ],
    );
  });

  it('favours neither where the interval includes 0', () => {
    const { favours, sentence, primary } = verdict(cardWith(0));
    assert.ok(primary.low < 0 && primary.high > 0);
    assert.equal(favours, undefined);
    assert.match(
      sentence,
      /^The evidence favours neither official_baseline nor challenger_topk_60: over 24 months, the pools of challenger_topk_60 returned within 60 days \d\.\d\d percentage points (less|more) on average than .*official_baseline \(95 % interval −\d\.\d\d to \+\d\.\d\d, which includes 0\)\.$/,
    );
  });

  it('favours the challenger if the interval is above 0', () => {
    const { favours, sentence } = verdict(cardWith(0.1));
    assert.equal(favours, 'challenger_topk_60');
    assert.match(
      sentence,
      /^The evidence favours challenger_topk_60 over official_baseline: .*more/,
    );
    assert.match(sentence, /interval \+.* to \+.*, which excludes 0\)\.$/);
  });

  it('favours the baseline if the interval is below 0', () => {
    const { favours, sentence } = verdict(cardWith(-0.1));
    assert.equal(favours, 'official_baseline');
    assert.match(
      sentence,
      /^The evidence favours official_baseline over challenger_topk_60: .*less/,
    );
  });

  it('does not judge by another measure than the primary one', () => {
    const { measures, favours } = verdict(cardWith(0));
    const precision = measures.find(({ measure }) => measure === 'h60_precision');
    assert.ok(precision && precision.low > 0);
    assert.equal(favours, undefined);
  });

  it('favours neither on few months, however clear they are', () => {
    const { favours, sentence, primary } = verdict(cardWith(1, 11));
    assert.deepEqual([primary.months, primary.low], [11, Number.NaN]);
    assert.equal(favours, undefined);
    assert.match(sentence, /neither .*known of 11 months, and an interval needs 12\.$/);
  });

  it('favours neither of two tracks that choose the same pools', () => {
    const same = { ...baselineOf(RETURNS), track: BUFFERED_BASELINE };
    const { favours, primary } = verdict(makeScorecard(baselineOf(RETURNS), [same]));
    assert.deepEqual([primary.difference, primary.low, primary.high], [0, 0, 0]);
    assert.equal(favours, undefined);
  });

  it('pairs only months in which both are known', () => {
    const baseline = baselineOf([0.1, 0.2, Number.NaN, 0.4]);
    const other = challengerOf([0.2, 0.4, 0.5, Number.NaN, 0.9]);
    const { primary } = verdict(makeScorecard(baseline, [other]));
    assert.equal(primary.months, 2);
    assert.deepEqual(
      [primary.baselineMean, primary.trackMean, primary.difference].map((value) =>
        value.toFixed(9),
      ),
      ['0.150000000', '0.300000000', '0.150000000'],
    );
  });

  it('lists every month of every track, and totals over all known months', () => {
    const { months, totals } = makeScorecard(baselineOf([0.25]), [challengerOf([0.5, 0.75])]);
    const primary = MEASURES.findIndex(([name]) => name === PRIMARY_MEASURE);
    assert.deepEqual(
      months.map(({ day, trackId, values, differences }) => [
        day,
        trackId,
        values[primary],
        differences?.[primary],
      ]),
      [
        [0, 'official_baseline', 0.25, undefined],
        [0, 'challenger_topk_60', 0.5, 0.25],
        [30, 'challenger_topk_60', 0.75, Number.NaN],
      ],
    );
    assert.deepEqual(
      totals.map(({ trackId, months: count, means }) => [trackId, count, means[primary]]),
      [
        ['official_baseline', 1, 0.25],
        ['challenger_topk_60', 2, 0.625],
      ],
    );
  });

  it('gives a track the same comparison, independently of the other tracks', () => {
    const buffered = { ...challengerOf(NOISE), track: BUFFERED_BASELINE };
    const alone = makeScorecard(baselineOf(RETURNS), [challengerOf(NOISE)]);
    const both = makeScorecard(baselineOf(RETURNS), [buffered, challengerOf(NOISE)]);
    assert.deepEqual(both.comparisons[1], alone.comparisons[0]);
  });
});
