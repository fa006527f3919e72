import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent, transient } from '../../shared/codec/failure.js';
import type { BarSeries, DayRange } from '../../shared/market-data/bars.js';
import type { Exchange } from '../../shared/market-data/binance/exchange.js';
import { sliceDays } from '../../shared/market-data/slice-days.js';
import { tradingPair } from './synthetic-bars.js';

export interface MemoryExchange extends Exchange {
  /** What was asked for, in order: `SYMBOL first..last`. */
  readonly asked: { readonly symbol: string; readonly range: DayRange }[];
  /** Replaces a symbol's bars. */
  readonly set: (series: BarSeries) => void;
  /** How requests for a symbol end from now on; undefined makes them succeed again. */
  readonly breaks: (symbol: string, failure: Failure | undefined) => void;
}

export const down = (symbol: string): Failure =>
  transient('unavailable', `Binance did not answer klines of ${symbol}`);

/** The failure that `isUnknownSymbol` tells from others. */
const unknown = (symbol: string): Failure =>
  permanent('upstream-incomplete', `Binance refused klines of ${symbol}`, {
    context: { binanceCode: -1121 },
  });

/** An exchange that has these bars. */
export const memoryExchange = (all: readonly BarSeries[]): MemoryExchange => {
  const bars = new Map(all.map((series) => [series.symbol, series]));
  const broken = new Map<string, Failure>();
  const asked: { readonly symbol: string; readonly range: DayRange }[] = [];
  return {
    asked,
    set: (series) => {
      bars.set(series.symbol, series);
    },
    breaks: (symbol, failure) => {
      if (failure === undefined) broken.delete(symbol);
      else broken.set(symbol, failure);
    },
    metadata: () => TE.right([...bars.keys()].sort().map((symbol) => tradingPair(symbol))),
    dailyBars: (symbol, range) => async () => {
      asked.push({ symbol, range });
      const failure = broken.get(symbol);
      if (failure !== undefined) return TE.left(failure)();
      const series = bars.get(symbol);
      return series === undefined
        ? TE.left(unknown(symbol))()
        : TE.right<Failure, BarSeries>(sliceDays(series, range))();
    },
  };
};
