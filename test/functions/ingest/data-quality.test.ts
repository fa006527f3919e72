import assert from 'node:assert/strict';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../../../shared/codec/bytes.js';
import { addDays } from '../../../shared/day.js';
import { QualityReport } from '../../../shared/evidence/data-quality.js';
import type { BarSeries } from '../../../shared/market-data/bars.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import { sliceDays } from '../../../shared/market-data/slice-days.js';
import { epochDay } from '../../../shared/units.js';
import { dayRange } from '../../support/day-range.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { type Answer, memoryWorld, outcomeOf, type World } from '../../support/memory-world.js';
import { bytesAt } from '../../support/world-contents.js';
import { keysOf, request, said } from './ingest-messages.js';
import { smallMarket } from './small-market.js';

/** The market with its bars changed on their way. */
const damaged = (
  change: (series: BarSeries) => readonly BarSeries[],
  source: MarketDataSource = smallMarket(),
): MarketDataSource => ({
  ...source,
  bars: (symbols, range) =>
    pipe(
      source.bars(symbols, range),
      TE.map((all) => all.flatMap(change)),
    ),
});

const only =
  (symbol: string, change: (series: BarSeries) => readonly BarSeries[]) =>
  (series: BarSeries): readonly BarSeries[] =>
    series.symbol === symbol ? change(series) : [series];

const reportKey = (answer: Answer): string =>
  `evidence/2026-03-13-core_major/data-quality/${said(answer).payload.snapshot.sha256}.json`;

const reportOf = async (world: World, answer: Answer): Promise<QualityReport> =>
  getOrThrow(readJson(QualityReport, 'report')(await bytesAt(world, reportKey(answer))));

describe('The data quality of a run', () => {
  it('is reported beside the evidence, under the name of the snapshot, and summed up in the log', async () => {
    const source = damaged(
      only('ADAUSDT', (series) => {
        series.volume[40] = 0;
        return [series];
      }),
    );
    const world = memoryWorld({ source });
    const answer = await request(world);
    assert.equal(outcomeOf(answer), 'done');
    assert.deepEqual(answer.log[0]?.data_quality, { candidates: 3, covered: 3, 'zero-volume': 1 });
    const report = await reportOf(world, answer);
    assert.equal(report.source, 'a small market');
    assert.deepEqual(report.checked, { symbols: 4, bars: 4 * 72, candidates: 3, covered: 3 });
    assert.deepEqual(
      report.findings.map(({ symbol, date, rule }) => [symbol, date, rule]),
      [['ADAUSDT', '2026-02-10', 'zero-volume']],
    );
  });

  it('is written before the snapshot is published', async () => {
    const seen: (readonly string[])[] = [];
    const world: World = memoryWorld({ source: smallMarket() }, ({ publisher }) => ({
      publisher: {
        publish: (topic, data, attributes) =>
          pipe(
            TE.fromTask(async () => seen.push(await keysOf(world))),
            TE.chain(() => publisher.publish(topic, data, attributes)),
          ),
      },
    }));
    const answer = await request(world);
    assert.ok(seen[0]?.includes(reportKey(answer)));
  });

  it('of a dry run stays in its scratch folder', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const answer = await request(world, { dry_run: true });
    const keys = await keysOf(world);
    assert.equal(keys.length, 3);
    assert.ok(keys.every((key) => key.startsWith(`scratch/${said(answer).run_id}/`)));
    assert.ok(keys.includes(`scratch/${said(answer).run_id}/${reportKey(answer)}`));
  });

  it('is compared with the last snapshot of an earlier day', async () => {
    const world = memoryWorld({ source: smallMarket() });
    await request(world, { as_of_date: '2026-01-31' });
    await request(world, { as_of_date: '2026-02-28' });
    await request(world, { as_of_date: '2026-03-20', previous_pool: [] });
    const later = only('ADAUSDT', (series) => [
      sliceDays(series, dayRange((series.day[0] ?? 0) + 20, series.day.at(-1) ?? 0)),
    ]);
    const { objects, documents } = world.environment;
    const shortened = memoryWorld({ source: damaged(later), objects, documents });
    const report = await reportOf(shortened, await request(shortened));
    assert.equal(report.compared_with, '2026-02-28');
    assert.deepEqual(
      report.findings.map(({ symbol, rule, values }) => [symbol, rule, values]),
      [
        [
          'ADAUSDT',
          'shorter-history',
          { bars: 52, bars_before: 59, first: '2026-01-21', first_before: '2026-01-01' },
        ],
      ],
    );
  });

  it('is compared with no snapshot if none was sealed or none can be read', async () => {
    const first = memoryWorld({ source: smallMarket() });
    assert.equal((await reportOf(first, await request(first))).compared_with, null);

    const damagedBefore = memoryWorld({ source: smallMarket() });
    const key = `snapshots/2026-02-28/${'0'.repeat(64)}/manifest.json`;
    const options = { ifGenerationMatch: 0, contentType: 'application/json' };
    getOrThrow(await damagedBefore.environment.objects.write(key, Buffer.from('{}'), options)());
    const answer = await request(damagedBefore);
    assert.equal((await reportOf(damagedBefore, answer)).compared_with, null);
  });

  it('is checked on the candidates that the source selects', async () => {
    const market = smallMarket();
    const asked: unknown[] = [];
    const source: MarketDataSource = {
      ...market,
      candidates: (eligible, asOf) => {
        asked.push(eligible, asOf);
        return TE.right(eligible.filter((symbol) => symbol !== 'LTCUSDT'));
      },
    };
    const world = memoryWorld({ source });
    const { checked } = await reportOf(world, await request(world));
    assert.deepEqual(asked, [['ADAUSDT', 'LTCUSDT', 'TRXUSDT'], 20_525]);
    assert.deepEqual(market.asked, [['BTCUSDT', 'ADAUSDT', 'TRXUSDT']]);
    assert.equal(checked.candidates, 2);
  });
});

describe('Ingest does not seal', () => {
  it('a market with invalid bars: the message is dead-lettered with the first of them', async () => {
    const source = damaged((series) => {
      series.low[3] = -1;
      return [series];
    });
    const world = memoryWorld({ source });
    const answer = await request(world);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, 'malformed-input');
    const found = (symbol: string) =>
      `${symbol} 2026-01-04, non-positive-price, low: expected a price above 0, got -1`;
    assert.equal(
      answer.published[0]?.attributes.dead_letter_reason,
      `a small market: bars that break a rule, 4 in all, and nothing is sealed: ${found('ADAUSDT')}; ${found('BTCUSDT')}; ${found('LTCUSDT')}; and 1 more`,
    );
    assert.deepEqual(await keysOf(world), []);
  });

  it("a bar of the day after the run's day", async () => {
    const market = smallMarket();
    const source: MarketDataSource = {
      ...market,
      bars: (symbols, range) => market.bars(symbols, { ...range, last: addDays(range.last, 1) }),
    };
    const world = memoryWorld({ source });
    const answer = await request(world);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(
      String(answer.log[0]?.message),
      /ADAUSDT 2026-03-14, open-bar, date: expected a closed day, at most 2026-03-13, got 2026-03-14/,
    );
    assert.deepEqual(await keysOf(world), []);
  });

  const withoutLitecoin = (live: boolean) =>
    damaged(
      only('LTCUSDT', () => []),
      smallMarket(undefined, { live }),
    );
  const sentence =
    'a small market: expected the bar of 2026-03-13 of the whole previous pool and of at least 98 % of the candidates, but 1 of 3 candidates lack it (LTCUSDT)';

  it('files that lack many candidates, permanently', async () => {
    const world = memoryWorld({ source: withoutLitecoin(false) });
    const answer = await request(world);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, 'upstream-incomplete');
    assert.equal(answer.log[0]?.message, sentence);
    assert.deepEqual([answer.log[0]?.candidates, answer.log[0]?.covered], [3, 2]);
    assert.deepEqual(await keysOf(world), []);
  });

  it('the same from a live source, transiently', async () => {
    const world = memoryWorld({ source: withoutLitecoin(true) });
    const answer = await request(world);
    assert.equal(answer.status, 500);
    assert.equal(answer.log[0]?.message, sentence);
    assert.deepEqual(answer.published, []);
    assert.deepEqual(await keysOf(world), []);
  });

  it('a market that lacks a member of the previous pool', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const answer = await request(world, { previous_pool: ['TRXUSDT', 'XRPUSDT'] });
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(String(answer.log[0]?.message), /but the pool lacks 1 \(XRPUSDT\)\. A member/);
  });

  const startingLater = (live: boolean): MarketDataSource => {
    const market = smallMarket(undefined, { live });
    return {
      ...market,
      bars: (symbols, range) =>
        pipe(
          market.bars(symbols, range),
          TE.map((all) =>
            all.map((one) =>
              sliceDays(one, {
                ...range,
                first: one.symbol === 'LTCUSDT' ? epochDay(20_527) : range.first,
              }),
            ),
          ),
          TE.map((all) => all.filter(({ day }) => day.length > 0)),
        ),
    };
  };

  it('except a past month in which a candidate of today was not listed yet', async () => {
    const world = memoryWorld({ source: startingLater(false) });
    const answer = await request(world);
    assert.equal(outcomeOf(answer), 'done');
    const report = await reportOf(world, answer);
    assert.equal(report.checked.candidates, 2);
    assert.deepEqual(report.findings, [
      {
        symbol: 'LTCUSDT',
        date: '2026-03-15',
        rule: 'listed-later',
        severity: 'report',
        values: { first: '2026-03-15' },
      },
    ]);
  });

  it("a live source's bars of a day that closed after the request", async () => {
    const source = startingLater(true);
    const deliver = (publishTime: string) =>
      memoryWorld({ source }).deliver('ingest', {
        data: Buffer.from('{"as_of_date":"2026-03-13"}'),
        publishTime,
      });
    assert.equal((await deliver('2026-03-14T09:00:00Z')).status, 500);
    assert.equal((await deliver('2026-03-15T09:00:00Z')).status, 500);
    assert.equal(outcomeOf(await deliver('2026-03-16T09:00:00Z')), 'done');
  });
});
