import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { ExchangeEvent } from '../../../../../shared/market-data/binance/http/exchange-events.js';
import type { Usage } from '../../../../../shared/market-data/binance/http/http-messages.js';
import { throttle } from '../../../../../shared/market-data/binance/http/throttle.js';
import { madeUpCsv } from '../../../../support/fake-exchange/fake-bars.js';
import { virtualTime } from '../../../../support/fake-exchange/virtual-time.js';
import { getOrThrow } from '../../../../support/get-or-throw.js';
import { asking, closeAll, range } from '../test-exchange.js';

const MINUTE = 60_000;

interface Load {
  readonly requests: number;
  readonly weight: number;
  readonly weightPerMinute: number;
  /** How far the exchange's clock is ahead of ours. */
  readonly ahead: number;
  /** Milliseconds of the way there or back, one after another, over and over. */
  readonly latencies: readonly number[];
  /** Weight that someone else on this IP address has used before we begin. */
  readonly foreign?: number;
  /** The exchange does not say what is used. */
  readonly silent?: boolean;
}

/** What the exchange counts in each of its minutes while we send as fast as we may. */
const weightsPerMinute = async (load: Load) => {
  const time = virtualTime('2026-01-01T00:00:17Z');
  const never = new AbortController().signal;
  const begin = time.clock().getTime();
  const counts = new Map<number, number>();
  const events: ExchangeEvent[] = [];
  let trip = 0;
  const travel = async (): Promise<void> => {
    const milliseconds = load.latencies[trip % load.latencies.length] ?? 0;
    trip += 1;
    await time.sleep(milliseconds, never);
  };
  const arrive = (weight: number): number => {
    const minute = Math.floor((time.clock().getTime() + load.ahead) / MINUTE);
    const used = (counts.get(minute) ?? 0) + weight;
    counts.set(minute, used);
    return used;
  };
  if (load.foreign !== undefined) arrive(load.foreign);
  const { send, stopped } = throttle({
    clock: time.clock,
    sleep: time.sleep,
    concurrency: 6,
    weightPerMinute: load.weightPerMinute,
    onEvent: (event) => events.push(event),
  });
  const signal = stopped();
  const work = Array.from({ length: load.requests }, () =>
    send(load.weight, signal, async () => {
      await travel();
      const weight = arrive(load.weight);
      // The second of the exchange's clock, as its Date header says it.
      const second = Math.floor((time.clock().getTime() + load.ahead) / 1000);
      const usage = { weight, resetsIn: MINUTE - (second % 60) * 1000 };
      await travel();
      return E.right<never, { readonly usage?: Usage }>(load.silent ? {} : { usage });
    }),
  );
  for (const sent of await time.until(Promise.all(work))) getOrThrow(sent);
  const minutes = (time.clock().getTime() - begin) / MINUTE;
  return { counts: [...counts.values()], minutes, events };
};

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('The throttle', () => {
  afterEach(closeAll);

  it('sends ten thousand requests without ever exceeding 6000 in a minute of the exchange', async () => {
    const { counts, minutes, events } = await weightsPerMinute({
      requests: 10_000,
      weight: 2,
      weightPerMinute: 6000,
      ahead: 41_300,
      latencies: [3, 8, 1, 20, 5],
    });
    assert.equal(sum(counts), 20_000);
    assert.ok(Math.max(...counts) <= 6000, `${counts}`);
    // 20,000 at 6000 a minute need three refills: slower would be too careful.
    assert.ok(minutes > 3 && minutes < 3.5, `${minutes} minutes`);
    // One for all who wait, and none for the moments in which weight comes back bit by bit.
    assert.ok(events.length >= 3 && events.length <= 9, `${events.length} events`);
    assert.ok(events.every((event) => event.kind === 'budget-wait' && event.milliseconds >= 1000));
  });

  it('exceeds no budget for any clocks, latencies and weights', async () => {
    const load = fc.record({
      requests: fc.integer({ min: 1, max: 150 }),
      weight: fc.integer({ min: 1, max: 20 }),
      weightPerMinute: fc.integer({ min: 20, max: 300 }),
      ahead: fc.integer({ min: -90_000, max: 90_000 }),
      latencies: fc.array(fc.integer({ min: 0, max: 70_000 }), { minLength: 1, maxLength: 7 }),
      silent: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(load, async (one) => {
        const { counts } = await weightsPerMinute(one);
        assert.equal(sum(counts), one.requests * one.weight);
        assert.ok(Math.max(...counts) <= one.weightPerMinute, `${counts}`);
      }),
      { numRuns: 40 },
    );
  });

  it('subtracts the weight that others have used before', async () => {
    const { counts } = await weightsPerMinute({
      requests: 300,
      weight: 2,
      weightPerMinute: 400,
      ahead: 0,
      latencies: [10],
      foreign: 250,
    });
    assert.equal(sum(counts), 850);
    assert.ok(Math.max(...counts) <= 400, `${counts}`);
  });

  it("keeps the whole client below the exchange's limit", async () => {
    const { fake, exchange, time } = await asking(
      { bars: { AUSDT: madeUpCsv('2024-01-01', 3) }, weightPerMinute: 40 },
      { weightPerMinute: 40 },
    );
    fake.useWeight(15);
    const ALL = range('2024-01-01', '2025-12-31');
    const work = Array.from({ length: 60 }, () => exchange.dailyBars('AUSDT', ALL)());
    getOrThrow(await exchange.metadata()());
    for (const bars of await Promise.all(work)) assert.equal(getOrThrow(bars).day.length, 3);
    assert.equal(fake.requests.length, 61);
    assert.ok(fake.mostUsed() <= 40, `${fake.mostUsed()}`);
    assert.ok(time.waits.length > 0);
  });
});
