import assert from 'node:assert/strict';
import { addDays, type EpochDay, isoDay, parseIsoDay } from '../../shared/day.js';
import { memoryObjectStore } from '../../shared/local/memory-object-store.js';
import { invalidBars } from '../../shared/market-data/bar-rules.js';
import type { BarSeries, DayRange } from '../../shared/market-data/bars.js';
import { binanceExchange } from '../../shared/market-data/binance/exchange.js';
import { binanceSource } from '../../shared/market-data/binance/source.js';
import { csvSource } from '../../shared/market-data/csv-source.js';
import { DEMO_AS_OF_DATE, demoSource } from '../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { marketFolder, removeMarketFolders } from '../shared/market-data/market-folder.js';
import { dayRange } from '../support/day-range.js';
import { madeUpCsv } from '../support/fake-exchange/fake-bars.js';
import { fakeExchange } from '../support/fake-exchange/fake-exchange.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

/** What the suite has to know of a market that it has not made. */
interface MarketFacts {
  /** A day on which symbols have bars, and the days before it. */
  readonly asOf: EpochDay;
  /** A few of its symbols, with bars on that day. */
  readonly symbols: readonly string[];
}

const rangesOf = ({ asOf }: MarketFacts): readonly DayRange[] => [
  dayRange(asOf - 400, asOf),
  dayRange(asOf - 9, asOf - 3),
  dayRange(asOf, asOf),
];

/** What every source of market data must do, run against one adapter. */
const describeMarketDataSource = (
  name: string,
  facts: MarketFacts,
  make: () => Promise<Opened<MarketDataSource>>,
): void => {
  describe(`the market data source ${name}`, () => {
    const opened = openedForEach(make);
    const { asOf, symbols } = facts;
    const always = dayRange(asOf - 400, asOf);

    const bars = (asked: readonly string[], range: DayRange): Promise<readonly BarSeries[]> =>
      done(opened().store.bars(asked, range));

    it('lists its symbols, each once and ascending', async () => {
      const names = (await done(opened().store.metadata())).map(({ symbol }) => symbol);
      assert.deepEqual(names, [...new Set(names)].sort());
      assert.deepEqual(
        symbols.filter((symbol) => !names.includes(symbol)),
        [],
      );
    });

    it('returns each symbol once, ascending, for any order of the request', async () => {
      const asked = [...symbols, ...symbols].reverse();
      const answer = await bars(asked, always);
      assert.deepEqual(
        answer.map(({ symbol }) => symbol),
        [...symbols].sort(),
      );
    });

    it('returns exactly the bars of the range', async () => {
      const whole = await bars(symbols, always);
      for (const range of rangesOf(facts)) {
        const answer = await bars(symbols, range);
        assert.deepEqual(
          answer.map(({ symbol, day, close }) => ({ symbol, day, close })),
          whole.map(({ symbol, day, close }) => {
            const isInside = (_: number, index: number): boolean => {
              const at = day[index] ?? Number.NaN;
              return at >= range.first && at <= range.last;
            };
            return { symbol, day: day.filter(isInside), close: close.filter(isInside) };
          }),
        );
        assert.ok(answer.every(({ day }) => day.at(-1) === range.last));
      }
    });

    it('omits symbols without bars in the range, and unknown ones', async () => {
      assert.deepEqual(await bars(['NOSUCHUSDT'], always), []);
      const [first] = symbols;
      assert.ok(first);
      assert.deepEqual(await bars([first], dayRange(0, 100)), []);
      assert.deepEqual(
        (await bars([first, 'NOSUCHUSDT'], always)).map(({ symbol }) => symbol),
        [first],
      );
    });

    it('returns columns of one length that satisfy the rules for bars', async () => {
      for (const series of await bars(symbols, always)) {
        const { symbol: _, day, ...columns } = series;
        assert.ok(day.length > 0);
        for (const column of Object.values(columns)) assert.equal(column.length, day.length);
        assert.deepEqual(invalidBars(series), []);
      }
    });

    it('returns the same for the same request', async () => {
      assert.deepEqual(await bars(symbols, always), await bars(symbols, always));
      const { metadata } = opened().store;
      assert.deepEqual(await done(metadata()), await done(metadata()));
    });

    it('takes its candidates from the eligible symbols, ascending', async () => {
      const eligible = [...symbols].sort();
      const chosen = await done(opened().store.candidates(eligible, asOf));
      assert.ok(chosen.length > 0);
      assert.deepEqual(
        chosen,
        eligible.filter((symbol) => chosen.includes(symbol)),
      );
      assert.deepEqual(await done(opened().store.candidates(eligible, asOf)), chosen);
    });
  });
};

const asOf = parseIsoDay('2025-12-31');
const market = {
  ADAUSDT: madeUpCsv(isoDay(addDays(asOf, -299)), 300),
  BTCUSDT: madeUpCsv(isoDay(addDays(asOf, -1999)), 2000),
  TRXUSDT: madeUpCsv(isoDay(addDays(asOf, -11)), 12),
};
const symbols = Object.keys(market);
const METADATA = [
  'symbol,status,base_asset,quote_asset,is_spot_trading_allowed,permissions',
  ...symbols.map((symbol) => `${symbol},TRADING,${symbol.slice(0, -4)},USDT,True,SPOT`),
].join('\n');

describeMarketDataSource('csv', { asOf, symbols }, async () => {
  const files = Object.entries(market).map(([symbol, text]) => [`${symbol}.csv`, text]);
  const folder = marketFolder(Object.fromEntries(files));
  const metadataFile = `${marketFolder({ 'metadata.csv': METADATA })}/metadata.csv`;
  return {
    store: csvSource({ dataDir: folder, metadataFile }),
    cleanup: async () => removeMarketFolders(),
  };
});

describeMarketDataSource(
  'demo',
  { asOf: parseIsoDay(DEMO_AS_OF_DATE), symbols: ['BTCUSDT', 'ALFAUSDT', 'BRAVOUSDT'] },
  async () => ({ store: demoSource(), cleanup: async () => undefined }),
);

for (const top of [90, 2])
  describeMarketDataSource(`binance, top ${top}`, { asOf, symbols }, async () => {
    const server = await fakeExchange({ bars: market });
    const clock = () => new Date('2026-01-01T00:30:00Z');
    const exchange = binanceExchange({ baseUrl: server.url, clock, random: () => 0.5 });
    return {
      store: binanceSource({ exchange, objects: memoryObjectStore(), clock, top }),
      cleanup: server.close,
    };
  });
