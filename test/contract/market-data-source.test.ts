import { addDays, isoDay, parseIsoDay } from '../../shared/day.js';
import { memoryObjectStore } from '../../shared/local/memory-object-store.js';
import { binanceExchange } from '../../shared/market-data/binance/exchange.js';
import { binanceSource } from '../../shared/market-data/binance/source.js';
import { csvSource } from '../../shared/market-data/csv-source.js';
import { DEMO_AS_OF_DATE, demoSource } from '../../shared/market-data/demo-source.js';
import { marketFolder, removeMarketFolders } from '../shared/market-data/market-folder.js';
import { madeUpCsv } from '../support/fake-exchange/fake-bars.js';
import { fakeExchange } from '../support/fake-exchange/fake-exchange.js';
import { describeMarketDataSource } from './market-data-source.js';

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
