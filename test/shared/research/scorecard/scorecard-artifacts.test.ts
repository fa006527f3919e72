import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { decodeJson } from '../../../../shared/codec/decode.js';
import { csvText } from '../../../../shared/research/csv-text.js';
import {
  MEASURES,
  makeScorecard,
  PRIMARY_MEASURE,
} from '../../../../shared/research/scorecard/scorecard.js';
import {
  comparedMeasures,
  encodeScorecard,
  SCORECARD_MONTHS_TABLE,
  SCORECARD_TABLE,
  ScorecardFile,
} from '../../../../shared/research/scorecard/scorecard-artifacts.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { baselineOf, cardWith, challengerOf } from './hand-made-months.js';

describe('The files of a scorecard', () => {
  it('are the same bytes every time', () => {
    assert.deepEqual(
      getOrThrow(encodeScorecard(cardWith(0))),
      getOrThrow(encodeScorecard(cardWith(0))),
    );
  });

  it('write an unknown value as null in JSON', () => {
    const card = makeScorecard(baselineOf([Number.NaN]), [challengerOf([0.5])]);
    const text = new TextDecoder().decode(getOrThrow(encodeScorecard(card)));
    const { comparisons, months, totals, ...head } = getOrThrow(decodeJson(ScorecardFile)(text));
    assert.deepEqual(head, {
      baseline: 'official_baseline',
      primary_measure: PRIMARY_MEASURE,
      interval: { confidence: 0.95, resamples: 9999, block_months: 3, minimum_months: 12 },
    });
    assert.equal(comparisons[0]?.favours, null);
    assert.deepEqual(
      comparisons[0]?.measures.find(({ measure }) => measure === PRIMARY_MEASURE),
      {
        measure: PRIMARY_MEASURE,
        months: 0,
        baseline_mean: null,
        track_mean: null,
        difference: null,
        low: null,
        high: null,
      },
    );
    assert.equal(new Map(Object.entries(totals[0]?.means ?? {})).get(PRIMARY_MEASURE), null);
    assert.equal(new Map(Object.entries(months[1]?.values ?? {})).get(PRIMARY_MEASURE), 0.5);
    assert.equal(months[0]?.differences, undefined);
  });

  it('reject an infinite return, and name it', () => {
    const result = encodeScorecard(makeScorecard(baselineOf([Infinity]), []));
    assert.ok(E.isLeft(result));
    assert.match(result.left.message, /scorecard\.json.*h30_pool_mean_future_return/);
  });

  it('list the months as a table', () => {
    const { months } = makeScorecard(baselineOf([0.25]), [challengerOf([0.5])]);
    const [header = '', baseline = '', challenger = ''] = csvText(
      SCORECARD_MONTHS_TABLE,
      months,
    ).split('\n');
    const names = MEASURES.map(([name]) => name);
    assert.equal(
      header,
      ['rebalance_date', 'track_id', ...names, ...names.map((n) => `${n}_difference`)].join(),
    );
    const outcomes = (overlap: number, value: number): string =>
      Array.from({ length: 3 }, () => [overlap / 5, overlap / 3, 0, value].join()).join();
    assert.equal(
      baseline,
      `1970-01-01,official_baseline,0.2,${outcomes(1, 0.25)}${','.repeat(13)}`,
    );
    assert.equal(
      challenger,
      `1970-01-01,challenger_topk_60,0.2,${outcomes(2, 0.5)},0,${outcomes(1, 0.25)}`,
    );
  });

  it('list the measures as a table', () => {
    const rows = comparedMeasures(makeScorecard(baselineOf([0.25]), [challengerOf([0.5])]));
    const [header, ...lines] = csvText(SCORECARD_TABLE, rows).split('\n');
    assert.equal(
      header,
      'track_id,measure,primary,months,baseline_mean,track_mean,difference,interval_low,interval_high',
    );
    assert.ok(
      lines.includes('challenger_topk_60,h60_pool_mean_future_return,True,1,0.25,0.5,0.25,,'),
    );
    assert.equal(lines.length, MEASURES.length + 1);
  });
});
