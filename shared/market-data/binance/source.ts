import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../codec/failure.js';
import type { Clock } from '../../ports/clock.js';
import type { ObjectStore } from '../../ports/object-store.js';
import type { MarketDataSource } from '../market-data-source.js';
import { type BarStoreEvent, barStore, storedSymbols } from './bar-store.js';
import { fetchLiquidity, mostLiquid } from './choose-candidates.js';
import type { Exchange } from './exchange.js';
import { loadBars } from './load-bars.js';
import { mapSymbols, type SymbolProgress } from './map-symbols.js';

export interface BinanceSourceOptions {
  readonly exchange: Exchange;
  /** Stores the bars between runs. */
  readonly objects: ObjectStore;
  readonly clock: Clock;
  /** The number of symbols to load. Default 90. */
  readonly top?: number;
  /** Days before the last stored bar that are fetched again. Default 7. */
  readonly refetchDays?: number;
  readonly onProgress?: (progress: SymbolProgress) => void;
  readonly onEvent?: (event: BarStoreEvent) => void;
}

const DEFAULT_TOP = 90;
const DEFAULT_REFETCH_DAYS = 7;

const upstreamOut = (failure: Failure): Failure =>
  failure.code === 'unavailable' ? { ...failure, code: 'upstream-incomplete' } : failure;

/** Marks a failure as the exchange's: the run waits for it, unlike for a failed store. */
const awaited = ({ metadata, dailyBars }: Exchange): Exchange => ({
  metadata: () => pipe(metadata(), TE.mapLeft(upstreamOut)),
  dailyBars: (symbol, range) => pipe(dailyBars(symbol, range), TE.mapLeft(upstreamOut)),
});

/**
 * Binance Spot. Bars are stored between runs: the first run fetches everything, a later run fetches
 * the missing days and the last days again. Each symbol is stored as soon as it is complete, so a
 * run that failed or died continues where it stopped.
 */
export const binanceSource = ({
  exchange: client,
  objects,
  clock,
  top = DEFAULT_TOP,
  refetchDays = DEFAULT_REFETCH_DAYS,
  onProgress = () => undefined,
  onEvent = () => undefined,
}: BinanceSourceOptions): MarketDataSource => {
  const exchange = awaited(client);
  const kept = barStore({ objects, clock, onEvent });
  return {
    id: 'binance',
    live: true,
    synthetic: false,
    metadata: exchange.metadata,
    candidates: (eligible, asOf) =>
      eligible.length <= top
        ? TE.right(eligible)
        : pipe(
            storedSymbols(objects, asOf),
            TE.chain((mayBeKept) =>
              mapSymbols('candidates', onProgress)(
                'the recent bars',
                eligible,
                fetchLiquidity(exchange, kept, mayBeKept, asOf),
              ),
            ),
            TE.map((all) => mostLiquid(all, top)),
          ),
    bars: (symbols, range) => {
      const load = loadBars({ exchange, store: kept, clock, refetchDays });
      return pipe(
        mapSymbols('bars', onProgress)(
          'the bars',
          [...new Set(symbols)].sort(S.Ord.compare),
          (symbol) => load(symbol, range),
        ),
        TE.map((series) => series.filter(({ day }) => day.length > 0)),
      );
    },
  };
};
