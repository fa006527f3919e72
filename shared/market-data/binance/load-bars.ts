import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient } from '../../codec/failure.js';
import { dayOf, isoDay } from '../../day.js';
import { storedBarsKey } from '../../object-keys.js';
import type { Clock } from '../../ports/clock.js';
import type { BarSeries, DayRange } from '../bars.js';
import { sliceDays } from '../slice-days.js';
import type { BarStore, NewerBars, StoredBars } from './bar-store.js';
import type { BarStoreContent } from './bar-store-codec.js';
import { clipRanges, type DayRanges, subtractRanges } from './day-ranges.js';
import { type Exchange, isUnknownSymbol } from './exchange.js';

export interface LoadBarsOptions {
  readonly exchange: Exchange;
  readonly store: BarStore;
  readonly clock: Clock;
  /** Days before the last kept bar that are asked for again, in case the exchange corrects them. */
  readonly refetchDays: number;
}

const ATTEMPTS = 5;

/** The days of the range that have to be asked for: those not covered, and the newest once more. */
export const daysToFetch = (
  { series, covered }: BarStoreContent,
  range: DayRange,
  refetchDays: number,
): DayRanges => {
  const last = series.day.at(-1);
  const trusted = last === undefined ? [] : clipRanges(covered, last - refetchDays - 1);
  return subtractRanges(range, trusted);
};

/**
 * A bar that was there and is gone is no correction: rather than drop it, or keep what the exchange
 * no longer confirms, nothing is taken of such an answer.
 */
const requireStored = (
  kept: StoredBars,
  { range, series }: NewerBars,
): TE.TaskEither<Failure, void> => {
  const { symbol } = kept.series;
  const there = new Set(series.day);
  const gone = sliceDays(kept.series, range).day.find((day) => !there.has(day));
  if (gone === undefined) return TE.right(undefined);
  const message = `${symbol}: expected its bar of ${isoDay(gone)}, which is kept, but the exchange has none. If it is gone for good, empty the object ${storedBarsKey(symbol)}: all its bars are then fetched anew.`;
  return TE.left(transient('upstream-incomplete', message));
};

/** What completes the kept bars; nothing if the exchange does not know the symbol (any more). */
const fetchMissing = (
  { exchange, refetchDays }: LoadBarsOptions,
  kept: StoredBars,
  closed: DayRange,
): TE.TaskEither<Failure, readonly NewerBars[]> =>
  pipe(
    daysToFetch(kept, closed, refetchDays),
    TE.traverseSeqArray((range) =>
      pipe(
        exchange.dailyBars(kept.series.symbol, range),
        TE.map((series): NewerBars => ({ range, series })),
        TE.chainFirst((newer) => requireStored(kept, newer)),
      ),
    ),
    // A pair that is delisted for good leaves its bars with us; nothing says that they are complete.
    TE.orElse((failure) => (isUnknownSymbol(failure) ? TE.right([]) : TE.left(failure))),
  );

/**
 * The closed bars of a symbol in a range: the kept ones, completed by what the exchange has to be
 * asked for, and kept. Whoever is overtaken by another load begins anew, so bars are always laid
 * over bars that were fetched earlier.
 */
export const loadBars =
  (options: LoadBarsOptions, attempts = ATTEMPTS) =>
  (symbol: string, range: DayRange): TE.TaskEither<Failure, BarSeries> => {
    const { store, clock } = options;
    // A day that has not closed is not covered, whatever was asked.
    const closed = { first: range.first, last: Math.min(range.last, dayOf(clock()) - 1) };
    return pipe(
      store.read(symbol),
      TE.chain((found) =>
        pipe(
          fetchMissing(options, found, closed),
          TE.chain((newer) => store.add(found, newer)),
        ),
      ),
      TE.chain((added) => {
        if (added !== 'conflict') return TE.right(sliceDays(added.series, range));
        return attempts > 1
          ? loadBars(options, attempts - 1)(symbol, range)
          : TE.left(
              transient(
                'conflict',
                `${symbol}: its kept bars changed ${ATTEMPTS} times while they were being completed; try again`,
              ),
            );
      }),
    );
  };
