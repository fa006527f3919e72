import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../codec/failure.js';
import { isoDay } from '../../day.js';
import type { Clock } from '../../ports/clock.js';
import { type BarSeries, type DayRange, emptySeries } from '../bars.js';
import { firstBars } from './first-bars.js';
import type { JsonReply, Request } from './http/http-messages.js';
import { PAGE_SIZE, type PageRead, readPage } from './klines-page.js';

const MILLISECONDS_PER_DAY = 86_400_000;
const WEIGHT = 2;

const klines = (symbol: string, { first, last }: DayRange): Request => ({
  path: 'api/v3/klines',
  query: {
    symbol,
    interval: '1d',
    startTime: `${first * MILLISECONDS_PER_DAY}`,
    endTime: `${(last + 1) * MILLISECONDS_PER_DAY - 1}`,
    limit: `${PAGE_SIZE}`,
  },
  weight: WEIGHT,
  name: `klines of ${symbol} from ${isoDay(first)}`,
});

/**
 * The closed bars of a symbol, page by page: each page begins a day after the last row of the
 * previous one, and a page that is not full is the last. The clock is read before each request: a
 * bar that closes while the reply is in transit is not final in it. The earlier of the local and
 * the exchange's clock counts, so that a local clock that is ahead does no harm.
 */
export const dailyBars = (
  get: (request: Request) => TE.TaskEither<Failure, JsonReply>,
  clock: Clock,
): ((symbol: string, range: DayRange) => TE.TaskEither<Failure, BarSeries>) => {
  const page = (
    series: BarSeries,
    kept: number,
    range: DayRange,
  ): TE.TaskEither<Failure, PageRead> =>
    pipe(
      TE.fromIO(() => clock().getTime()),
      TE.chain((now) =>
        pipe(
          get(klines(series.symbol, range)),
          TE.chainEitherK(({ json, madeAt = now }) =>
            readPage(series, kept, { ...range, now: Math.min(now, madeAt) })(json),
          ),
        ),
      ),
    );
  /** Fills the columns from `first` and returns the number of bars. */
  const fill = (
    series: BarSeries,
    kept: number,
    range: DayRange,
  ): TE.TaskEither<Failure, number> =>
    range.first > range.last
      ? TE.right(kept)
      : pipe(
          page(series, kept, range),
          TE.chain((read) =>
            read.rows < PAGE_SIZE
              ? TE.right(read.kept)
              : fill(series, read.kept, { first: read.next, last: range.last }),
          ),
        );
  return (symbol, range) =>
    pipe(
      TE.fromIO(() => emptySeries(symbol, Math.max(0, range.last - range.first + 1))),
      TE.chain((series) =>
        pipe(
          fill(series, 0, range),
          TE.map((kept) => firstBars(series, kept)),
        ),
      ),
    );
};
