import {
  barStoreEventText,
  exchangeEventText,
} from '../../../shared/market-data/binance/event-text.js';
import { binanceExchange } from '../../../shared/market-data/binance/exchange.js';
import { binanceSource } from '../../../shared/market-data/binance/source.js';
import { csvSource } from '../../../shared/market-data/csv-source.js';
import { demoSource } from '../../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import type { Clock } from '../../../shared/ports/clock.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import type { ProgressListener } from '../terminal/progress.js';
import type { RunOptions } from './options.js';

export interface SourceDependencies {
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly progress: Pick<ProgressListener, 'progressed' | 'note'>;
}

/** Starts at the clock's time and advances, so that waits end with a fixed clock, too. */
const advancingClock = (clock: Clock): Clock => {
  const start = performance.now();
  const from = clock().getTime();
  return () => new Date(from + performance.now() - start);
};

/** The market-data source of a run. */
export const createSource = (
  { source }: RunOptions,
  { objects, clock, progress }: SourceDependencies,
): MarketDataSource => {
  switch (source.kind) {
    case 'demo':
      return demoSource();
    case 'csv':
      return csvSource({ dataDir: source.data_dir, metadataFile: source.metadata });
    case 'binance':
      return binanceSource({
        exchange: binanceExchange({
          baseUrl: source.url,
          clock: advancingClock(clock),
          random: Math.random,
          onEvent: (event) => progress.note(exchangeEventText(event)),
        }),
        objects,
        clock,
        onProgress: ({ task, symbol, ...count }) =>
          progress.progressed({ what: task, item: symbol, ...count }),
        onEvent: (event) => progress.note(barStoreEventText(event)),
      });
  }
};
