import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { decode, shown } from '../../codec/decode.js';
import { type Failure, permanent } from '../../codec/failure.js';
import { addDays, type EpochDay, isoDay } from '../../day.js';
import { epochDay } from '../../units.js';
import { checkBar } from '../bar-rules.js';
import type { BarSeries } from '../bars.js';
import { DECIMAL } from '../csv-bars.js';
import { epochMilliseconds } from './epoch-milliseconds.js';

/** The most rows that one reply may have. */
export const PAGE_SIZE = 1000;

const MILLISECONDS_PER_DAY = 86_400_000;
const CELLS = 12;
const OPEN_TIME = 0;
const CLOSE_TIME = 6;
const DECIMALS = [
  { field: 'open', at: 1, column: (series: BarSeries) => series.open },
  { field: 'high', at: 2, column: (series: BarSeries) => series.high },
  { field: 'low', at: 3, column: (series: BarSeries) => series.low },
  { field: 'close', at: 4, column: (series: BarSeries) => series.close },
  { field: 'volume', at: 5, column: (series: BarSeries) => series.volume },
  { field: 'quote_volume', at: 7, column: (series: BarSeries) => series.quoteVolume },
] as const;

// The cells are checked below, when they are written into columns: a codec for each of the twelve
// cells would dominate the run time.
const Cells = new t.Type<readonly unknown[]>(
  'a list of cells',
  (value): value is readonly unknown[] => Array.isArray(value),
  (value, context) => (Array.isArray(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);
const KlinesReply = t.array(Cells, 'a list of rows');

/** The request of a page. */
export interface PageQuery {
  readonly first: EpochDay;
  readonly last: EpochDay;
  /** Bars that close before this time (ms) are closed. */
  readonly now: number;
}

/** The content of a page, including open bars. */
export interface PageRead {
  readonly rows: number;
  /** Bars in the columns now. */
  readonly kept: number;
  /** The day after the last row's. */
  readonly next: EpochDay;
}

interface Problem {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

/**
 * Appends the closed bars of a klines reply to columns that hold `kept` bars. Rows ascend by day
 * within the days asked for; every closed bar keeps the rules of `checkBar`; an open one is
 * skipped unread. The first problem rejects the reply, with symbol, row (from 1) and field.
 */
export const readPage =
  (series: BarSeries, kept: number, query: PageQuery) =>
  (reply: unknown): E.Either<Failure, PageRead> =>
    pipe(
      reply,
      decode(KlinesReply, `Binance, klines of ${series.symbol}`),
      E.chain((rows) => appendRows(series, kept, query, rows)),
    );

const appendRows = (
  series: BarSeries,
  before: number,
  { first, last, now }: PageQuery,
  rows: readonly (readonly unknown[])[],
): E.Either<Failure, PageRead> => {
  const reject = (row: number, { field, expected, got }: Problem) =>
    E.left(
      permanent(
        'malformed-input',
        `Binance, klines of ${series.symbol} from ${isoDay(first)}, row ${row + 1}, ${field}: expected ${expected}, got ${got}`,
      ),
    );
  if (rows.length > PAGE_SIZE) {
    const expected = `at most ${PAGE_SIZE} rows`;
    return reject(PAGE_SIZE, { field: 'reply', expected, got: `${rows.length}` });
  }
  let kept = before;
  let next = first;
  for (const [row, cells] of rows.entries()) {
    const misplaced = misplacedRow(cells, next, last);
    if (misplaced !== undefined) return reject(row, misplaced);
    const day = epochDay(epochMilliseconds(cells[OPEN_TIME]) / MILLISECONDS_PER_DAY);
    next = addDays(day, 1);
    if (epochMilliseconds(cells[CLOSE_TIME]) >= now) continue;
    series.day[kept] = day;
    for (const { field, at, column } of DECIMALS) {
      const cell = cells[at];
      if (typeof cell !== 'string' || !DECIMAL.test(cell)) {
        return reject(row, { field, expected: 'a decimal number as text', got: shown(cell) });
      }
      column(series)[kept] = Number(cell);
    }
    const [broken] = checkBar(series, kept);
    if (broken !== undefined) return reject(row, broken);
    kept += 1;
  }
  return E.right({ rows: rows.length, kept, next });
};

/** The problem in the shape and times of a row, which must open from `next` to `last`. */
const misplacedRow = (
  cells: readonly unknown[],
  next: EpochDay,
  last: EpochDay,
): Problem | undefined => {
  if (cells.length !== CELLS) {
    return { field: 'cells', expected: `${CELLS}`, got: `${cells.length}` };
  }
  const day = epochDay(epochMilliseconds(cells[OPEN_TIME]) / MILLISECONDS_PER_DAY);
  if (!Number.isInteger(day)) {
    return {
      field: 'open_time',
      expected: 'a midnight UTC in milliseconds',
      got: shown(cells[OPEN_TIME]),
    };
  }
  // A repeated page, or rows of another range, would cause a loop or duplicates.
  if (day < next || day > last) {
    const expected =
      next > last
        ? `no row after ${isoDay(last)}`
        : `a day from ${isoDay(next)} to ${isoDay(last)}`;
    return { field: 'open_time', expected, got: isoDay(day) };
  }
  const closeDay = Math.floor(epochMilliseconds(cells[CLOSE_TIME]) / MILLISECONDS_PER_DAY);
  return closeDay === day
    ? undefined
    : {
        field: 'close_time',
        expected: `a time on ${isoDay(day)} in milliseconds`,
        got: shown(cells[CLOSE_TIME]),
      };
};
