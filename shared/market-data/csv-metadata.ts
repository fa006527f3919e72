import { CsvError, parse } from 'csv-parse/sync';
import * as E from 'fp-ts/lib/Either.js';
import * as S from 'fp-ts/lib/string.js';
import type { SymbolMetadata } from './bars.js';
import { EMPTY_FILE, HEADER_ONLY, headerProblems } from './csv-header.js';
import { type InputProblem, quoted } from './input-problems.js';

const COLUMNS = [
  'symbol',
  'status',
  'base_asset',
  'quote_asset',
  'is_spot_trading_allowed',
  'permissions',
] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Names are compared letter by letter with the configuration; `usdt` would silently match nothing.
 */
const UPPER_CASE: readonly Column[] = ['symbol', 'base_asset', 'quote_asset'];

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const readRows = (text: string): E.Either<readonly InputProblem[], readonly Row[]> => {
  const rows: Row[] = [];
  try {
    parse(text, {
      relax_column_count: true,
      on_record: (cells: readonly string[], { lines }) => {
        rows.push({ line: lines, cells });
        return null;
      },
    });
    return E.right(rows);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = 'lines' in cause ? Number(cause.lines) : 1;
    return E.left([{ line, expected: 'well-formed CSV', got: cause.code }]);
  }
};

/** One row per symbol, ascending by symbol; or all problems of the text. */
export const parseMetadataCsv = (
  text: string,
): E.Either<readonly InputProblem[], readonly SymbolMetadata[]> => {
  const read = readRows(text);
  if (E.isLeft(read)) return read;
  const [head, ...rows] = read.right;
  if (head === undefined) return E.left([EMPTY_FILE]);

  const header = head.cells;
  const problems: InputProblem[] = [...headerProblems(header, COLUMNS)];
  if (problems.length > 0) return E.left(problems);
  if (rows.length === 0) return E.left([HEADER_ONLY]);

  const firstLine = new Map<string, number>();
  const metadata: SymbolMetadata[] = [];
  for (const { line, cells } of rows) {
    const cell = (column: Column): string => cells[header.indexOf(column)] ?? '';
    const reject = (field: Column, expected: string, got = quoted(cell(field))): void => {
      problems.push({ line, field, expected, got });
    };
    if (cells.length !== header.length) {
      problems.push({ line, expected: `${header.length} cells`, got: `${cells.length}` });
      continue;
    }
    for (const field of UPPER_CASE) {
      const name = cell(field);
      if (name === '' || name !== name.trim().toUpperCase()) reject(field, 'an upper-case name');
    }
    if (cell('status') === '') reject('status', 'a status such as TRADING');
    const allowed = cell('is_spot_trading_allowed');
    if (allowed !== 'True' && allowed !== 'False') {
      reject('is_spot_trading_allowed', 'True or False');
    }
    const symbol = cell('symbol');
    const earlier = firstLine.get(symbol);
    if (earlier === undefined) firstLine.set(symbol, line);
    else reject('symbol', `a symbol not yet named (line ${earlier})`);
    metadata.push({
      symbol,
      status: cell('status'),
      baseAsset: cell('base_asset'),
      quoteAsset: cell('quote_asset'),
      isSpotTradingAllowed: allowed === 'True',
      permissions: cell('permissions'),
    });
  }
  if (problems.length > 0) return E.left(problems);
  return E.right(metadata.sort((a, b) => S.Ord.compare(a.symbol, b.symbol)));
};
