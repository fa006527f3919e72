import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { parseIsoDay } from '../../../shared/day.js';
import type { BarSeries } from '../../../shared/market-data/bars.js';
import type { MarketDataSource } from '../../../shared/market-data/market-data-source.js';
import { sliceDays } from '../../../shared/market-data/slice-days.js';
import { randomWalk, tradingPair } from '../../support/synthetic-bars.js';

const FIRST = parseIsoDay('2026-01-01');

/**
 * Three coins, the benchmark, and a pair that is never ranked, and `more`, from 2026-01-01 up to
 * and including `lastDay`. It remembers what it was asked for.
 */
export const smallMarket = (
  lastDay = '2026-03-20',
  { live = false, more = [] }: { readonly live?: boolean; readonly more?: readonly string[] } = {},
): MarketDataSource & { readonly asked: (readonly string[])[] } => {
  const names = ['ADAUSDT', 'BTCUSDT', 'LTCUSDT', 'TRXUSDT', 'USDCUSDT', ...more].sort();
  const length = parseIsoDay(lastDay) - FIRST + 1;
  const series = names.map((symbol, seed) => randomWalk({ symbol, first: FIRST, length, seed }));
  const asked: (readonly string[])[] = [];
  return {
    id: 'a small market',
    live,
    synthetic: true,
    asked,
    metadata: () => TE.right(names.map((symbol) => tradingPair(symbol))),
    candidates: TE.right,
    bars: (symbols, range): TE.TaskEither<Failure, readonly BarSeries[]> => {
      asked.push(symbols);
      return TE.right(
        series
          .filter(({ symbol }) => symbols.includes(symbol))
          .map((one) => sliceDays(one, { first: FIRST, last: range.last })),
      );
    },
  };
};
