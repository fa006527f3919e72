import * as E from 'fp-ts/lib/Either.js';
import { type EpochDay, isoDay } from '../../day.js';
import { epochDay } from '../../units.js';
import { checkBar } from '../bar-rules.js';
import { type BarSeries, type DayRange, dayOfBar, emptySeries } from '../bars.js';
import { DECIMAL } from '../csv-bars.js';
import { type InputProblem, quoted } from '../input-problems.js';

// https://github.com/binance/binance-public-data: the header came later, the order never changed.
const COLUMNS = [
  'open_time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'close_time',
  'quote_volume',
  'count',
  'taker_buy_volume',
  'taker_buy_quote_volume',
  'ignore',
] as const;
const CLOSE_TIME = COLUMNS.indexOf('close_time');

const NUMBERS = [
  { field: 'open', column: 'open' },
  { field: 'high', column: 'high' },
  { field: 'low', column: 'low' },
  { field: 'close', column: 'close' },
  { field: 'volume', column: 'volume' },
  { field: 'quote_volume', column: 'quoteVolume' },
] as const;

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The instant in days since 1970, not rounded. Archives until 2024 count milliseconds, later ones
 * microseconds; 13 and 16 digits tell them apart for every day since 2001.
 */
const daysOf = (text: string): number => {
  if (/^\d{13}$/.test(text)) return Number(text) / MILLISECONDS_PER_DAY;
  if (/^\d{16}$/.test(text)) return Number(text) / (MILLISECONDS_PER_DAY * 1000);
  return Number.NaN;
};

const timeProblems = (
  openTime: string,
  closeTime: string,
  period: DayRange,
): readonly Omit<InputProblem, 'line'>[] => {
  const open = daysOf(openTime);
  if (!Number.isInteger(open)) {
    const expected = 'midnight UTC in milliseconds or microseconds';
    return [{ field: 'open_time', expected, got: quoted(openTime) }];
  }
  if (open < period.first || open > period.last) {
    const expected = `a day from ${isoDay(period.first)} to ${isoDay(period.last)}`;
    return [{ field: 'open_time', expected, got: isoDay(epochDay(open)) }];
  }
  const close = daysOf(closeTime);
  return Math.floor(close) === open && close > open
    ? []
    : [
        {
          field: 'close_time',
          expected: `the end of ${isoDay(epochDay(open))}`,
          got: quoted(closeTime),
        },
      ];
};

/**
 * The daily bars in the text of one archive file, with or without a header line; or all of its
 * problems, in the order of its lines. Every bar lies in `period`.
 */
export const parseArchiveCsv = (
  symbol: string,
  period: DayRange,
  text: string,
): E.Either<readonly InputProblem[], BarSeries> => {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  const headerLines = lines[0]?.startsWith('open_time') ? 1 : 0;
  const rows = lines.slice(headerLines);
  if (rows.length === 0) {
    const got = headerLines > 0 ? 'a header alone' : 'an empty file';
    return E.left([{ expected: 'at least one bar', got }]);
  }

  const problems: InputProblem[] = [];
  const series = emptySeries(symbol, rows.length);
  let kept = 0;
  for (const [index, row] of rows.entries()) {
    const line = index + 1 + headerLines;
    const before = problems.length;
    const cells = row.split(',');
    if (cells.length !== COLUMNS.length) {
      problems.push({ line, expected: `${COLUMNS.length} cells`, got: `${cells.length}` });
      continue;
    }
    const [openTime = ''] = cells;
    for (const problem of timeProblems(openTime, cells[CLOSE_TIME] ?? '', period))
      problems.push({ line, ...problem });
    series.day[kept] = daysOf(openTime);
    for (const { field, column } of NUMBERS) {
      const cell = cells[COLUMNS.indexOf(field)] ?? '';
      if (DECIMAL.test(cell)) series[column][kept] = Number(cell);
      else problems.push({ line, field, expected: 'a decimal number', got: quoted(cell) });
    }
    // An unreadable row has no values to check, and the next row is compared without it.
    if (problems.length > before) continue;
    for (const { field, expected, got } of checkBar(series, kept)) {
      problems.push({ line, field: field === 'date' ? 'open_time' : field, expected, got });
    }
    kept += 1;
  }
  return problems.length > 0 ? E.left(problems) : E.right(series);
};

/** Rejects bars of days that have not closed. */
export const openDayProblem = (
  series: BarSeries,
  today: EpochDay,
): Omit<InputProblem, 'line'> | undefined => {
  const last = dayOfBar(series, -1);
  return last === undefined || last < today
    ? undefined
    : { field: 'open_time', expected: 'days that have closed (UTC)', got: isoDay(last) };
};
