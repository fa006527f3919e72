import * as E from 'fp-ts/lib/Either.js';
import { checkBar } from './bar-rules.js';
import { type BarSeries, emptySeries } from './bars.js';
import { EMPTY_FILE, HEADER_ONLY, headerProblems } from './csv-header.js';
import type { ParseDay } from './day-parser.js';
import { type InputProblem, quoted } from './input-problems.js';

const COLUMNS = ['date', 'open', 'high', 'low', 'close', 'volume', 'quote_volume'] as const;
/** A plain decimal number, with or without exponent; no hexadecimal, no `Infinity`, no blanks. */
export const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The problem of a row as a whole, before its cells are checked. */
const shapeProblem = (
  row: string,
  cells: readonly string[],
  width: number,
): Pick<InputProblem, 'expected' | 'got'> | undefined => {
  if (row.includes('"')) return { expected: 'cells without quotes', got: quoted(row) };
  if (cells.length === width) return undefined;
  return { expected: `${width} cells`, got: row === '' ? 'an empty line' : `${cells.length}` };
};

/**
 * The daily bars in a CSV text: a header that names at least the seven columns in any order, then
 * one row per day, ascending. Numbers are decimal, with or without exponent. All problems
 * of the text are returned, in the order of its lines.
 *
 * Split by hand: a general CSV parser needs longer to cut a hundred thousand rows of plain numbers
 * into cells than this needs to cut, read and check them. Cells with quotes are therefore rejected.
 */
export const parseBarCsv = (
  symbol: string,
  text: string,
  parseDay: ParseDay,
): E.Either<readonly InputProblem[], BarSeries> => {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  const [first, ...rows] = lines;
  if (first === undefined) return E.left([EMPTY_FILE]);

  const header = first.split(',');
  const problems: InputProblem[] = [...headerProblems(header, COLUMNS)];
  if (problems.length > 0) return E.left(problems);
  if (rows.length === 0) return E.left([HEADER_ONLY]);

  const series = emptySeries(symbol, rows.length);
  const datePosition = header.indexOf('date');
  const numbers = [
    { field: 'open', values: series.open },
    { field: 'high', values: series.high },
    { field: 'low', values: series.low },
    { field: 'close', values: series.close },
    { field: 'volume', values: series.volume },
    { field: 'quote_volume', values: series.quoteVolume },
  ].map((column) => ({ ...column, position: header.indexOf(column.field) }));

  let kept = 0;
  for (const [index, row] of rows.entries()) {
    const line = index + 2;
    const before = problems.length;
    const cells = row.split(',');
    const misshapen = shapeProblem(row, cells, header.length);
    if (misshapen !== undefined) {
      problems.push({ line, ...misshapen });
      continue;
    }
    const date = cells[datePosition] ?? '';
    const day = parseDay(date);
    if (Number.isNaN(day)) {
      const expected = 'a day as YYYY-MM-DD';
      problems.push({ line, field: 'date', expected, got: quoted(date) });
    }
    series.day[kept] = day;
    for (const { field, values, position } of numbers) {
      const cell = cells[position] ?? '';
      if (DECIMAL.test(cell)) values[kept] = Number(cell);
      else problems.push({ line, field, expected: 'a decimal number', got: quoted(cell) });
    }
    // An unreadable row has no values to check, and the next row is compared without it.
    if (problems.length > before) continue;
    for (const { field, expected, got } of checkBar(series, kept)) {
      problems.push({ line, field, expected, got });
    }
    kept += 1;
  }
  return problems.length > 0 ? E.left(problems) : E.right(series);
};
