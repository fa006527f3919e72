import assert from 'node:assert/strict';
import { addDays, isoDay, parseIsoDay } from '../../../../shared/day.js';
import { csvSource } from '../../../../shared/market-data/csv-source.js';
import { epochDay } from '../../../../shared/units.js';
import { barsOfCsv, madeUpCsv } from '../../../support/fake-exchange/fake-bars.js';
import { fakeExchange } from '../../../support/fake-exchange/fake-exchange.js';
import { symbolInfo } from '../../../support/fake-exchange/symbol-infos.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { describeWithShared } from '../../../support/shared-folder.js';
import { asking, closeAll, NOW, plain, range } from './test-exchange.js';

const ALL = range('2000-01-01', '2025-12-31');

describe("The exchange's daily bars", () => {
  afterEach(closeAll);

  it('are numbers in columns, each the nearest to its text', async () => {
    const { exchange } = await asking({
      bars: {
        TRXUSDT:
          'date,open,high,low,close,volume,quote_volume\n' +
          '2024-02-28,0.13700000,0.14100000,0.13650001,0.14,100.5,13.99999999\n' +
          '2024-02-29,0.14,0.14,0.14,0.14,0.00000000,0\n',
      },
    });
    assert.deepEqual(plain(getOrThrow(await exchange.dailyBars('TRXUSDT', ALL)())), {
      symbol: 'TRXUSDT',
      day: [parseIsoDay('2024-02-28'), parseIsoDay('2024-02-29')],
      open: [0.137, 0.14],
      high: [0.141, 0.14],
      low: [0.13650001, 0.14],
      close: [0.14, 0.14],
      volume: [100.5, 0],
      quoteVolume: [13.99999999, 0],
    });
  });

  for (const { bars, requests } of [
    { bars: 1, requests: 1 },
    { bars: 999, requests: 1 },
    { bars: 1000, requests: 2 },
    { bars: 1001, requests: 2 },
    { bars: 2000, requests: 3 },
    { bars: 2001, requests: 3 },
  ]) {
    it(`are complete and unique for ${bars} bars, by ${requests} request(s)`, async () => {
      const { fake, exchange } = await asking({ bars: { AUSDT: madeUpCsv('2018-01-01', bars) } });
      const { day } = getOrThrow(await exchange.dailyBars('AUSDT', ALL)());
      const first = parseIsoDay('2018-01-01');
      assert.deepEqual(
        [...day],
        Array.from({ length: bars }, (_, index) => first + index),
      );
      assert.equal(fake.requests.length, requests);
    });
  }

  it('need no request for days after the range', async () => {
    const { fake, exchange } = await asking({ bars: { AUSDT: madeUpCsv('2020-01-01', 1500) } });
    const last = isoDay(addDays(parseIsoDay('2020-01-01'), 999));
    const { day } = getOrThrow(await exchange.dailyBars('AUSDT', range('2020-01-01', last))());
    assert.equal(day.length, 1000);
    assert.equal(fake.requests.length, 1);
  });

  it('are limited to the range, first and last day included', async () => {
    const { exchange } = await asking({ bars: { AUSDT: madeUpCsv('2024-01-01', 60) } });
    const { day } = getOrThrow(
      await exchange.dailyBars('AUSDT', range('2024-01-31', '2024-02-02'))(),
    );
    assert.deepEqual([...day].map(epochDay).map(isoDay), [
      '2024-01-31',
      '2024-02-01',
      '2024-02-02',
    ]);
  });

  it('have no bar for a day without a bar on the exchange', async () => {
    const csv = `${madeUpCsv('2024-01-01', 2)}2024-01-09,1,1,1,1,1,1\n`;
    const { exchange } = await asking({ bars: { AUSDT: csv } });
    const { day } = getOrThrow(await exchange.dailyBars('AUSDT', ALL)());
    assert.deepEqual([...day].map(epochDay).map(isoDay), [
      '2024-01-01',
      '2024-01-02',
      '2024-01-09',
    ]);
  });

  it('are none for a listed symbol without any, and for a range that ends before it begins', async () => {
    const { fake, exchange } = await asking({
      bars: { AUSDT: madeUpCsv('2024-01-01', 5) },
      symbols: [symbolInfo('AUSDT'), symbolInfo('NEWUSDT')],
    });
    assert.equal(getOrThrow(await exchange.dailyBars('NEWUSDT', ALL)()).day.length, 0);
    assert.equal(
      getOrThrow(await exchange.dailyBars('AUSDT', range('2023-01-01', '2023-02-01'))()).day.length,
      0,
    );
    assert.equal(fake.requests.length, 2);
    assert.equal(
      getOrThrow(await exchange.dailyBars('AUSDT', range('2024-01-03', '2024-01-02'))()).day.length,
      0,
    );
    assert.equal(fake.requests.length, 2);
  });

  it('of a symbol in Chinese characters are requested by its name', async () => {
    const { exchange } = await asking({ bars: { 币安人生USDT: madeUpCsv('2024-01-01', 5) } });
    assert.equal(getOrThrow(await exchange.dailyBars('币安人生USDT', ALL)()).day.length, 5);
  });

  describe('count only once they have closed:', () => {
    const openDay = range('2025-12-01', '2026-01-01');
    for (const { now, last } of [
      { now: '2026-01-01T12:00:00.000Z', last: '2025-12-31' },
      { now: '2026-01-01T23:59:59.998Z', last: '2025-12-31' },
      { now: '2026-01-01T23:59:59.999Z', last: '2025-12-31' },
      { now: '2026-01-02T00:00:00.000Z', last: '2026-01-01' },
    ]) {
      it(`at ${now} the last is ${last}`, async () => {
        const clock = () => new Date(now);
        const bars = { AUSDT: madeUpCsv('2025-12-01', 40) };
        const { exchange } = await asking({ bars, now: clock }, { clock });
        const { day } = getOrThrow(await exchange.dailyBars('AUSDT', openDay)());
        assert.equal(isoDay(epochDay(day.at(-1) ?? 0)), last);
      });
    }

    for (const { theirs, last } of [
      { theirs: '2026-01-01T23:59:59.900Z', last: '2025-12-31' },
      { theirs: '2026-01-02T00:00:00.100Z', last: '2026-01-01' },
    ]) {
      it(`at ${theirs} by the exchange's clock the last is ${last}, though ours is ahead`, async () => {
        const bars = { AUSDT: madeUpCsv('2025-12-01', 40) };
        const { exchange } = await asking(
          { bars, now: () => new Date(theirs) },
          { clock: () => new Date('2026-01-02T00:05:00Z') },
        );
        const { day } = getOrThrow(await exchange.dailyBars('AUSDT', openDay)());
        assert.equal(isoDay(epochDay(day.at(-1) ?? 0)), last);
      });
    }

    it('a bar that closes while its reply is under way is still open', async () => {
      let now = '2026-01-01T23:59:59.500Z';
      const { exchange } = await asking(
        {
          bars: { AUSDT: madeUpCsv('2025-12-01', 40) },
          beforeReply: async () => {
            now = '2026-01-02T00:00:01.000Z';
          },
        },
        { clock: () => new Date(now) },
      );
      const { day } = getOrThrow(await exchange.dailyBars('AUSDT', openDay)());
      assert.equal(isoDay(epochDay(day.at(-1) ?? 0)), '2025-12-31');
    });
  });

  it('are corrected when the exchange has corrected them', async () => {
    const { fake, exchange } = await asking({ bars: { AUSDT: madeUpCsv('2024-01-01', 3) } });
    fake.correct('AUSDT', '2024-01-02', { close: '100.75', volume: '1200' });
    const { close, volume } = getOrThrow(await exchange.dailyBars('AUSDT', ALL)());
    assert.deepEqual([close[1], volume[1]], [100.75, 1200]);
  });

  describeWithShared('of the development data', (folder) => {
    it("are the CSV source's to the last bit", async () => {
      const dataDir = folder('data', 'binance-1d');
      const metadataFile = folder('data', 'binance-1d.symbol_metadata.2025-12-31.csv');
      const { fake, exchange } = await asking({ dataDir, metadataFile });
      const source = csvSource({ dataDir, metadataFile });
      const symbols = ['BTCUSDT', 'PEPEUSDT', 'SHIBUSDT', 'TRXUSDT'];
      const expected = getOrThrow(await source.bars(symbols, ALL)());
      const got = await Promise.all(
        symbols.map(async (symbol) => getOrThrow(await exchange.dailyBars(symbol, ALL)())),
      );
      assert.deepEqual(got, expected);
      assert.equal(got[0]?.day.length, 3059);
      assert.ok(fake.requests.length >= 10);
      assert.deepEqual(
        getOrThrow(await exchange.metadata()()),
        getOrThrow(await source.metadata()()),
      );
    });
  });
});

describe('The fake exchange', () => {
  it('prints rows as Binance does', async () => {
    const fake = await fakeExchange({
      bars: { AUSDT: madeUpCsv('2024-01-01', 600) },
      now: () => new Date(NOW),
    });
    const reply = await fetch(`${fake.url}/api/v3/klines?symbol=AUSDT&interval=1d`);
    const rows: unknown = await reply.json();
    assert.equal(reply.headers.get('x-mbx-used-weight-1m'), '2');
    assert.ok(Array.isArray(rows));
    assert.equal(rows.length, 500);
    const opens = Date.parse('2024-01-01T00:00:00Z') + 599 * 86_400_000;
    const last = ['149.5', '151.25', '148.125', '150', '1599.5', opens + 86_399_999, '238251'];
    assert.deepEqual(rows.at(-1), [opens, ...last, 0, '0', '0', '0']);
    assert.equal(barsOfCsv(madeUpCsv('2024-01-01', 2)).rows.length, 2);
    await fake.close();
  });
});
