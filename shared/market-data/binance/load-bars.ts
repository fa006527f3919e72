import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, transient } from '../../codec/failure.js';
import { addDays, dayOf, earliest, isoDay } from '../../day.js';
import { storedBarsKey } from '../../object-keys.js';
import type { Clock } from '../../ports/clock.js';
import { epochDay } from '../../units.js';
import { type BarSeries, type DayRange, dayOfBar } from '../bars.js';
import { sliceDays } from '../slice-days.js';
import type { BarStore, NewerBars, StoredBars } from './bar-store.js';
import type { BarStoreContent } from './bar-store-codec.js';
import { clipRanges, type DayRanges, subtractRanges } from './day-ranges.js';
import { type Exchange, isUnknownSymbol } from './exchange.js';

export interface LoadBarsOptions {
  readonly exchange: Exchange;
  readonly store: BarStore;
  readonly clock: Clock;
  /** Days before the last stored bar that are fetched again, in case the exchange corrects them. */
  readonly refetchDays: number;
}

const ATTEMPTS = 5;

/** The days of the range to fetch: all that are not covered, and the newest again. */
const daysToFetch = (
  { series, covered }: BarStoreContent,
  range: DayRange,
  refetchDays: number,
): DayRanges => {
  const last = dayOfBar(series, -1);
  const trusted = last === undefined ? [] : clipRanges(covered, addDays(last, -refetchDays - 1));
  return subtractRanges(range, trusted);
};

/**
 * A missing bar that is already stored is not a correction. The reply is rejected as a whole,
 * rather than dropping the bar or keeping a bar that the exchange no longer confirms.
 */
const requireStored = (
  kept: StoredBars,
  { range, series }: NewerBars,
): TE.TaskEither<Failure, void> => {
  const { symbol } = kept.series;
  const there = new Set(series.day);
  const gone = sliceDays(kept.series, range).day.find((day) => !there.has(day));
  if (gone === undefined) return TE.right(undefined);
  const message = `${symbol}: expected its bar of ${isoDay(epochDay(gone))}, which is kept, but the exchange has none. If it is gone for good, empty the object ${storedBarsKey(symbol)}: all its bars are then fetched anew.`;
  return TE.left(transient('upstream-incomplete', message));
};

/**
 * The bars that complete the stored ones; none if the exchange does not know the symbol (any more).
 */
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
    // The stored bars of a delisted pair are kept, but it is unknown whether they are complete.
    TE.orElse((failure) => (isUnknownSymbol(failure) ? TE.right([]) : TE.left(failure))),
  );

/**
 * The closed bars of a symbol in a range: the stored ones, completed from the exchange and stored
 * again. A load that conflicts with another one starts over, so that bars are always merged into
 * bars that were fetched earlier.
 */
export const loadBars =
  (options: LoadBarsOptions, attempts = ATTEMPTS) =>
  (symbol: string, range: DayRange): TE.TaskEither<Failure, BarSeries> => {
    const { store, clock } = options;
    // A day that has not closed is never covered.
    const closed = { first: range.first, last: earliest(range.last, addDays(dayOf(clock()), -1)) };
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
