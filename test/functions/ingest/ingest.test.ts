import assert from 'node:assert/strict';
import { parseIsoDay } from '../../../shared/day.js';
import { openSnapshot } from '../../../shared/market-data/snapshot.js';
import { json } from '../../support/fault-free-month.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { type Answer, memoryWorld, outcomeOf, type World } from '../../support/memory-world.js';
import { bytesAt, contentsOf } from '../../support/world-contents.js';
import { smallMarket } from './small-market.js';

const deliver = (world: World, request: object, publishTime = '2026-03-14T00:15:30Z') =>
  world.deliver('ingest', { data: json(request), publishTime });

const said = (answer: Answer) =>
  JSON.parse(answer.published.map(({ data }) => Buffer.from(data).toString('utf8')).join());

const snapshotOf = async (world: World, answer: Answer) => {
  const { uri } = said(answer).payload.snapshot;
  const key = uri.replace('gs://test-bucket/crypto-live-pool-pipelines/', '');
  const manifest = await bytesAt(world, key);
  const bars = await bytesAt(world, key.replace('manifest.json', 'bars.f64'));
  return { key, content: getOrThrow(openSnapshot(manifest, bars)) };
};

describe('ingest', () => {
  it('seals closed bars up to the day, of the benchmark and of what may be ranked', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const answer = await deliver(world, { as_of_date: '2026-03-13', previous_pool: ['USDCUSDT'] });
    assert.equal(outcomeOf(answer), 'done');
    const { key, content } = await snapshotOf(world, answer);
    assert.match(key, /^snapshots\/2026-03-13\/[0-9a-f]{64}\/manifest\.json$/);
    assert.deepEqual(
      content.series.map(({ symbol }) => symbol),
      ['ADAUSDT', 'BTCUSDT', 'LTCUSDT', 'TRXUSDT', 'USDCUSDT'],
    );
    for (const { day } of content.series) assert.equal(day.at(-1), parseIsoDay('2026-03-13'));
    assert.equal(content.metadata.length, 5);
    assert.deepEqual(content.previousPool, ['USDCUSDT']);
  });

  it('requests only pairs that a mode could rank', async () => {
    const source = smallMarket();
    await deliver(memoryWorld({ source }), { as_of_date: '2026-03-13' });
    assert.deepEqual(
      source.asked.map((symbols) => [...new Set(symbols)].sort()),
      [['ADAUSDT', 'BTCUSDT', 'LTCUSDT', 'TRXUSDT']],
    );
  });

  it('derives the period from the publish time if the request names none', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const answer = await deliver(world, {}, '2026-03-01T00:00:00.001Z');
    assert.equal(said(answer).payload.as_of_date, '2026-02-28');
    assert.equal(said(answer).payload.version, '2026-02-28-core_major');
  });

  it('has the same address for the same content, and another for any other', async () => {
    const address = async (lastDay: string, request: object) => {
      const world = memoryWorld({ source: smallMarket(lastDay) });
      return said(await deliver(world, request)).payload.snapshot.uri;
    };
    const day = { as_of_date: '2026-03-13' };
    const first = await address('2026-03-20', day);
    assert.equal(await address('2026-03-13', { ...day, allow_stale: true }), first);
    assert.notEqual(await address('2026-03-20', { as_of_date: '2026-03-12' }), first);
    assert.notEqual(await address('2026-03-20', { ...day, previous_pool: ['ADAUSDT'] }), first);
  });

  const tick = async (world: World, publishTime: string) => {
    const answer = await deliver(world, {}, publishTime);
    return { outcome: outcomeOf(answer), data: answer.published.map(({ data }) => data), answer };
  };

  it('joins the run that another tick of the month began, with its publish time', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const first = await tick(world, '2026-03-01T06:00:00Z');
    const before = await contentsOf(world);
    const second = await tick(world, '2026-03-01T06:00:05Z');
    const third = await tick(world, '2026-03-31T23:59:59Z');
    const explicit = await deliver(world, { as_of_date: '2026-02-28' }, '2026-04-02T00:00:00Z');
    assert.deepEqual(
      [first, second, third].map(({ outcome }) => outcome),
      ['done', 'already_done', 'already_done'],
    );
    assert.equal(said(first.answer).occurred_at, '2026-03-01T06:00:00+00:00');
    assert.deepEqual(second.data, first.data);
    assert.deepEqual(third.data, first.data);
    assert.deepEqual(
      explicit.published.map(({ data }) => data),
      first.data,
    );
    assert.deepEqual(await contentsOf(world), before);
  });

  it('processes the archived request again, unchanged, on any later day', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const first = await tick(world, '2026-03-01T06:00:00Z');
    const keys = Object.keys((await contentsOf(world)).objects);
    const key = keys.find((one) => one.startsWith('events/monthly-run-requested/')) ?? '';
    const archived = { data: await bytesAt(world, key), publishTime: '2026-05-05T05:05:05Z' };

    const again = await world.deliver('ingest', archived);
    assert.equal(outcomeOf(again), 'already_done');
    assert.deepEqual(
      again.published.map(({ data }) => data),
      first.data,
    );

    const elsewhere = memoryWorld({ source: smallMarket() });
    const rebuilt = await elsewhere.deliver('ingest', archived);
    assert.deepEqual(
      rebuilt.published.map(({ data }) => data),
      first.data,
    );
    assert.deepEqual(await contentsOf(elsewhere), await contentsOf(world));
  });
});

describe('ingest refuses', () => {
  it('a day that has not closed, and records no run', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const answer = await deliver(world, { as_of_date: '2026-03-14' }, '2026-03-14T23:59:59.999Z');
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, 'malformed-input');
    assert.equal(
      answer.log[0]?.message,
      'as_of_date: expected a day that has closed (UTC), got 2026-03-14 at 2026-03-14T23:59:59.999Z',
    );
    assert.deepEqual(await contentsOf(world), { objects: {}, documents: {} });
  });

  it('except a day that closed a moment ago', async () => {
    const world = memoryWorld({ source: smallMarket() });
    const answer = await deliver(world, { as_of_date: '2026-03-14' }, '2026-03-15T00:00:00Z');
    assert.equal(outcomeOf(answer), 'done');
  });

  it("files without the benchmark's bar of the day, permanently", async () => {
    const world = memoryWorld({ source: smallMarket('2026-03-12') });
    const answer = await deliver(world, { as_of_date: '2026-03-13' });
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, 'upstream-incomplete');
    assert.equal(
      answer.log[0]?.message,
      'a small market: expected a closed BTCUSDT bar of 2026-03-13, but its newest is of 2026-03-12',
    );
    const { objects } = await contentsOf(world);
    assert.ok(Object.keys(objects).every((key) => key.startsWith('events/monthly-run-requested/')));
  });

  it('a live source without it, transiently', async () => {
    const world = memoryWorld({ source: smallMarket('2026-03-12', { live: true }) });
    const answer = await deliver(world, { as_of_date: '2026-03-13' });
    assert.equal(answer.status, 500);
    assert.equal(answer.log[0]?.code, 'upstream-incomplete');
    assert.deepEqual(answer.published, []);
  });

  it('data without any benchmark', async () => {
    const market = smallMarket();
    const source = {
      ...market,
      bars: (symbols: readonly string[], range: Parameters<typeof market.bars>[1]) =>
        market.bars(
          symbols.filter((symbol) => symbol !== 'BTCUSDT'),
          range,
        ),
    };
    const answer = await deliver(memoryWorld({ source }), { as_of_date: '2026-03-13' });
    assert.match(answer.log[0]?.message ?? '', /of 2026-03-13, but none at all$/);
  });

  const requests: readonly (readonly [object, string])[] = [
    [
      { as_of_date: '13.03.2026' },
      'monthly-run-requested: as_of_date: expected AsOfDate (a day that exists, as YYYY-MM-DD), got "13.03.2026"',
    ],
    [{ dry_run: 'yes' }, 'monthly-run-requested: dry_run: expected boolean, got "yes"'],
    [
      { previous_pool: ['trxusdt'] },
      'monthly-run-requested: previous_pool.0: expected SymbolUsdt (an upper-case symbol that ends in USDT), got "trxusdt"',
    ],
  ];
  for (const [request, sentence] of requests)
    it(`the request ${JSON.stringify(request)}`, async () => {
      const world = memoryWorld({ source: smallMarket() });
      const answer = await deliver(world, request);
      assert.equal(outcomeOf(answer), 'dead_letter');
      assert.equal(answer.published[0]?.attributes.dead_letter_reason, sentence);
      assert.deepEqual(await contentsOf(world), { objects: {}, documents: {} });
    });
});
