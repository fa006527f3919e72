import {
  exchangeSentence,
  keptBarsSentence,
} from '../../../shared/market-data/binance/event-text.js';
import { binanceExchange } from '../../../shared/market-data/binance/exchange.js';
import { binanceSource } from '../../../shared/market-data/binance/source.js';
import { csvSource } from '../../../shared/market-data/csv-source.js';
import { demoSource } from '../../../shared/market-data/demo-source.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import type { Clock } from '../../../shared/ports/clock.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import type { RunProgress } from '../terminal/progress.js';
import type { RunOptions } from './options.js';

export interface SourceSurroundings {
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly progress: Pick<RunProgress, 'counted' | 'noted'>;
}

/** Goes on from the clock's present: waits end, even where `--now` has stopped the clock. */
const moving = (clock: Clock): Clock => {
  const start = performance.now();
  const from = clock().getTime();
  return () => new Date(from + performance.now() - start);
};

/** The source that a run was told to use. */
export const sourceOf = (
  { source }: RunOptions,
  { objects, clock, progress }: SourceSurroundings,
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
          clock: moving(clock),
          random: Math.random,
          onEvent: (event) => progress.noted(exchangeSentence(event)),
        }),
        objects,
        clock,
        onProgress: ({ task, symbol, ...count }) =>
          progress.counted({ what: task, item: symbol, ...count }),
        onEvent: (event) => progress.noted(keptBarsSentence(event)),
      });
  }
};
