import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../codec/failure.js';
import { addDays, type EpochDay } from '../../day.js';
import type { BarSeries, DayRange } from '../bars.js';
import { sliceDays } from '../slice-days.js';
import type { BarStore } from './bar-store.js';
import { subtractRanges } from './day-ranges.js';
import { type Exchange, isUnknownSymbol } from './exchange.js';

/** Days over which quote volumes are averaged. */
const VOLUME_DAYS = 30;

export interface Liquidity {
  readonly symbol: string;
  /** In the quote asset, over the existing bars; NaN without bars. */
  readonly meanQuoteVolume: number;
}

/**
 * The mean quote volume of a series; a recently listed symbol is judged by the bars that it has.
 */
export const liquidityOf = ({ symbol, quoteVolume }: BarSeries): Liquidity => ({
  symbol,
  meanQuoteVolume: quoteVolume.reduce((sum, value) => sum + value, 0) / quoteVolume.length,
});

/**
 * The `top` most liquid symbols, ascending by symbol. Ties go to the symbol that sorts first. A
 * symbol without bars is never chosen.
 */
export const mostLiquid = (all: readonly Liquidity[], top: number): readonly string[] =>
  all
    .filter(({ meanQuoteVolume }) => !Number.isNaN(meanQuoteVolume))
    .sort((a, b) => b.meanQuoteVolume - a.meanQuoteVolume || S.Ord.compare(a.symbol, b.symbol))
    .slice(0, top)
    .map(({ symbol }) => symbol)
    .sort(S.Ord.compare);

/** The days up to and including `asOf` over which liquidity is measured. */
const liquidityRange = (asOf: EpochDay): DayRange => ({
  first: addDays(asOf, 1 - VOLUME_DAYS),
  last: asOf,
});

/**
 * A symbol's liquidity: from the stored bars if they cover all days, otherwise from one small
 * request whose reply is not stored, since most symbols will not be loaded.
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
