import { readdirSync } from 'node:fs';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type EpochDay, parseIsoDay } from '../../shared/day.js';
import type { SymbolMetadata } from '../../shared/market-data/bars.js';
import { csvSource } from '../../shared/market-data/csv-source.js';
import { DEMO_AS_OF_DATE, demoSource } from '../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { sharedFolder } from '../support/shared-folder.js';

/** A market to measure on. */
export interface BenchMarket {
  readonly name: string;
  readonly source: MarketDataSource;
  readonly asOf: EpochDay;
}

/** Bars without metadata: every file is a pair that trades. */
const tradingPairs = (folder: string): readonly SymbolMetadata[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('USDT.csv'))
    .map((file) => {
      const symbol = file.slice(0, -'.csv'.length);
      return {
        symbol,
        status: 'TRADING',
        baseAsset: symbol.slice(0, -'USDT'.length),
        quoteAsset: 'USDT',
        isSpotTradingAllowed: true,
        permissions: 'SPOT',
      };
    });

/** The two folders complete each other: the wide one has neither the benchmark nor the majors. */
const wideSource = (folders: readonly string[]): MarketDataSource => {
  const sources = folders.map((dataDir) => csvSource({ dataDir, metadataFile: '' }));
  return {
    id: 'wide',
    live: false,
    synthetic: false,
    metadata: () => TE.right(folders.flatMap(tradingPairs)),
    candidates: TE.right,
    bars: (symbols, range) =>
      pipe(
        sources,
        TE.traverseSeqArray((source) => source.bars(symbols, range)),
        TE.map((answers) => answers.flat()),
      ),
  };
};

const onMachine = (): readonly BenchMarket[] => {
  const real = sharedFolder('data/binance-1d');
  const wide = sharedFolder('data/wide-1d');
  const metadataFile = sharedFolder('data/binance-1d.symbol_metadata.2025-12-31.csv');
  if (real === undefined || wide === undefined || metadataFile === undefined) return [];
  return [
    {
      name: 'binance-1d',
      source: csvSource({ dataDir: real, metadataFile }),
      asOf: parseIsoDay('2025-12-31'),
    },
    {
      name: 'wide-1d + binance-1d',
      source: wideSource([wide, real]),
      asOf: parseIsoDay('2023-12-29'),
    },
  ];
};

/** The golden market, and the development data where they are. */
export const benchMarkets = (): readonly BenchMarket[] => [
  { name: 'golden market', source: demoSource(), asOf: parseIsoDay(DEMO_AS_OF_DATE) },
  ...onMachine(),
];
