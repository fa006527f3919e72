import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../codec/failure.js';
import type { EpochDay } from '../../day.js';
import type { BarSeries, DayRange } from '../bars.js';
import { sliceDays } from '../slice-days.js';
import type { BarStore } from './bar-store.js';
import { subtractRanges } from './day-ranges.js';
import { type Exchange, isUnknownSymbol } from './exchange.js';

/** Days over which quote volumes are averaged. */
export const VOLUME_DAYS = 30;

export interface Liquidity {
  readonly symbol: string;
  /** In the quote asset, over the bars that there are; NaN without any. */
  readonly meanQuoteVolume: number;
}

/** The mean quote volume of a series; one listed lately is judged by the bars that it has. */
export const liquidityOf = ({ symbol, quoteVolume }: BarSeries): Liquidity => ({
  symbol,
  meanQuoteVolume: quoteVolume.reduce((sum, value) => sum + value, 0) / quoteVolume.length,
});

/**
 * The `top` most liquid symbols, ascending by symbol. Of two with the same mean the symbol that
 * comes first is taken; one without bars is never taken.
 */
export const mostLiquid = (all: readonly Liquidity[], top: number): readonly string[] =>
  all
    .filter(({ meanQuoteVolume }) => !Number.isNaN(meanQuoteVolume))
    .sort((a, b) => b.meanQuoteVolume - a.meanQuoteVolume || S.Ord.compare(a.symbol, b.symbol))
    .slice(0, top)
    .map(({ symbol }) => symbol)
    .sort(S.Ord.compare);

/** The bars of the days up to and including `asOf` over which a symbol's liquidity is taken. */
export const liquidityRange = (asOf: EpochDay): DayRange => ({
  first: asOf - VOLUME_DAYS + 1,
  last: asOf,
});

/**
 * A symbol's liquidity: from the kept bars if they cover all its days, else asked for in one small
 * request, whose answer is not kept, since most symbols will not be loaded.
 */
export const fetchLiquidity =
  (exchange: Exchange, kept: BarStore, mayBeKept: ReadonlySet<string>, asOf: EpochDay) =>
  (symbol: string): TE.TaskEither<Failure, Liquidity> => {
    const range = liquidityRange(asOf);
    const asked = pipe(
      exchange.dailyBars(symbol, range),
      TE.map(liquidityOf),
      TE.orElse((failure) =>
        isUnknownSymbol(failure)
          ? TE.right({ symbol, meanQuoteVolume: Number.NaN })
          : TE.left(failure),
      ),
    );
    if (!mayBeKept.has(symbol)) return asked;
    return pipe(
      kept.read(symbol),
      TE.chain(({ series, covered }) =>
        subtractRanges(range, covered).length === 0
          ? TE.right(liquidityOf(sliceDays(series, range)))
          : asked,
      ),
    );
  };
