import assert from 'node:assert/strict';
import { addDays, isoDay, parseIsoDay } from '../../../../shared/day.js';
import { memoryObjectStore } from '../../../../shared/local/memory-object-store.js';
import type { ExchangeOptions } from '../../../../shared/market-data/binance/exchange.js';
import { binanceSource } from '../../../../shared/market-data/binance/source.js';
import { STORED_BARS } from '../../../../shared/object-keys.js';
import { done } from '../../../contract/store-under-test.js';
import { madeUpCsv } from '../../../support/fake-exchange/fake-bars.js';
import {
  bannedFor,
  type Fault,
  type FaultyReply,
  status,
  tooManyRequests,
  withCell,
} from '../../../support/fake-exchange/faults.js';
import { json } from '../../../support/fault-free-month.js';
import { memoryWorld } from '../../../support/memory-world.js';
import { asking, closeAll } from './test-exchange.js';

const AS_OF = '2025-12-31';
const first = isoDay(addDays(parseIsoDay(AS_OF), -99));
const symbols = ['ADAUSDT', 'BTCUSDT', 'ETHUSDT', 'LTCUSDT', 'SOLUSDT', 'TRXUSDT'];
const bars = Object.fromEntries(symbols.map((symbol) => [symbol, madeUpCsv(first, 100)]));

/** Ingests a month from an exchange with a fault. */
const ingestFrom = async (fault: Fault, options: Partial<ExchangeOptions> = {}) => {
  const { exchange, time, fake } = await asking({ bars, faults: [fault] }, options);
  const objects = memoryObjectStore();
  const source = binanceSource({ exchange, objects, clock: time.clock });
  const world = memoryWorld({ source, objects, clock: time.clock });
  const answer = await world.deliver('ingest', {
    data: json({ as_of_date: AS_OF }),
    publishTime: '2026-01-01T00:15:00Z',
  });
  const keys = (await done(objects.list(''))).map(({ key }) => key);
  return { answer, keys, fake, said: answer.log[0]?.message ?? '' };
};

const klines = (reply: FaultyReply): Fault => ({ path: 'klines', symbol: 'LTCUSDT', reply });
const failed =
  'binance: expected the bars of 6 symbols, but 1 failed: LTCUSDT. The first, LTCUSDT: ';

describe('A month whose exchange fails', () => {
  afterEach(closeAll);

  const table: readonly {
    readonly title: string;
    readonly fault: Fault;
    readonly sentence: string;
    readonly deadLettered?: true;
    readonly options?: Partial<ExchangeOptions>;
  }[] = [
    {
      title: 'with a server error',
      fault: klines(status(503)),
      sentence: `${failed}Binance did not answer klines of LTCUSDT from 2019-01-01: 5 attempts in 5.6 s, the last one failed with HTTP 503`,
    },
    {
      title: 'with a reset connection',
      fault: klines({ kind: 'reset' }),
      sentence: `${failed}Binance did not answer klines of LTCUSDT from 2019-01-01`,
    },
    {
      title: 'with a body that is cut off',
      fault: klines({ kind: 'truncate' }),
      sentence: `${failed}Binance did not answer klines of LTCUSDT from 2019-01-01`,
    },
    {
      title: 'with silence',
      fault: klines({ kind: 'hang' }),
      options: { attemptTimeout: 100, attempts: 2 },
      sentence: `${failed}Binance did not answer klines of LTCUSDT from 2019-01-01: 2 attempts`,
    },
    {
      title: 'with a wait that is too long',
      fault: klines(tooManyRequests(3600)),
      sentence: 'Binance accepts no requests until 2026-01-01T01:30',
    },
    {
      title: 'with a ban',
      fault: klines(bannedFor(7200)),
      sentence: 'Binance has banned this IP address until 2026-01-01T02:30',
    },
    {
      title: 'with a price that is none',
      fault: klines(withCell(3, 4, 'abc')),
      sentence: failed,
      deadLettered: true,
    },
    {
      title: 'with a refusal',
      fault: klines(status(400, '{"code":-1100,"msg":"Illegal characters."}')),
      sentence: `${failed}Binance refused klines of LTCUSDT from 2019-01-01: HTTP 400, code -1100`,
      deadLettered: true,
    },
    {
      title: 'before it has said which symbols there are',
      fault: { path: 'exchangeInfo', reply: status(500) },
      sentence: 'Binance did not answer exchangeInfo: 5 attempts',
    },
  ];
  for (const { title, fault, sentence, deadLettered, options } of table)
    it(`${title} seals and publishes nothing, and reports the reason`, async () => {
      const { answer, keys, said } = await ingestFrom(fault, options);
      assert.ok(said.includes(sentence), said);
      assert.equal(answer.status, deadLettered ? 204 : 500);
      assert.deepEqual(
        answer.published.map(({ topic }) => topic),
        deadLettered ? ['ingest-dead-letter'] : [],
      );
      const others = keys.filter((key) => !/^(events|market-data)\//.test(key));
      assert.deepEqual(others, []);
      assert.ok(!keys.includes(`${STORED_BARS}LTCUSDT.bars`));
    });

  it('for a part of one symbol stores the other symbols in full', async () => {
    const { keys } = await ingestFrom(klines(status(503)));
    assert.deepEqual(
      keys.filter((key) => key.startsWith(STORED_BARS)),
      symbols
        .filter((symbol) => symbol !== 'LTCUSDT')
        .map((symbol) => `${STORED_BARS}${symbol}.bars`),
    );
  });

  it('once seals the month on redelivery', async () => {
    const { answer, keys } = await ingestFrom({ ...klines(status(503)), times: 4 });
    assert.equal(answer.status, 204, answer.body);
    assert.deepEqual(
      answer.published.map(({ topic }) => topic),
      ['market-data-ingested'],
    );
    assert.equal(keys.filter((key) => key.startsWith('snapshots/')).length, 2);
  });
});
