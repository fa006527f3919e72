import { parse } from 'csv-parse/sync';
import * as E from 'fp-ts/lib/Either.js';
import { errorTexts, shown } from '../codec/decode.js';
import { errorMessage } from '../codec/error-message.js';
import { validFields } from '../codec/exact-object.js';
import { type Failure, permanent } from '../codec/failure.js';
import { ARTIFACT_FILE, RANKING_COLUMNS, type RankingColumn } from './constants.js';
import { lineOfRow, RankingRow } from './latest-ranking.js';

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const flag = (text: string): unknown => (text === 'True' ? true : text === 'False' ? false : text);
const number = (text: string): unknown =>
  text === '' ? null : NUMBER.test(text) ? Number(text) : text;
const text = (value: string): unknown => value;

/** Parses a cell by column; invalid text is passed on for the codec to reject. */
const parseCell: Readonly<Record<RankingColumn, (text: string) => unknown>> = {
  as_of_date: text,
  symbol: text,
  rule_score: number,
  linear_score: number,
  ml_score: number,
  final_score: number,
  regime: text,
  confidence: number,
  selected_flag: flag,
  current_rank: number,
};

export interface RankingReading {
  /** All problems, each with its line and column. */
  readonly problems: readonly string[];
  /** The valid cells of each line; undefined if the file is not a ranking table. */
  readonly rows: readonly Partial<RankingRow>[] | undefined;
}

const unreadable = (problem: string): RankingReading => ({ problems: [problem], rows: undefined });

/**
 * Reads the valid parts of `latest_ranking.csv`. Numbers may have any decimal form (`1`, `1.0`),
 * because readers compare numbers, not text.
 */
export const readRanking = (content: string): RankingReading => {
  let records: readonly (readonly string[])[];
  try {
    records = parse(content, { record_delimiter: '\n', relax_column_count: true });
  } catch (cause) {
    return unreadable(`expected comma-separated text, got: ${errorMessage(cause)}`);
  }
  const header = RANKING_COLUMNS.join(',');
  const [columns, ...lines] = records;
  if (columns?.join(',') !== header)
    return unreadable(`line 1: expected the header ${header}, got ${shown(columns?.join(','))}`);

  const problems: string[] = [];
  if (!content.endsWith('\n'))
    problems.push(`line ${records.length}: expected a line break at its end, got the file's end`);
  const rows = lines.map((cells, index) => {
    const line = `line ${lineOfRow(index)}`;
    if (cells.length !== RANKING_COLUMNS.length) {
      problems.push(`${line}: expected ${RANKING_COLUMNS.length} cells, got ${cells.length}`);
      return {};
    }
    const row = Object.fromEntries(
      RANKING_COLUMNS.map((column, at) => [column, parseCell[column](cells[at] ?? '')]),
    );
    const decoded = RankingRow.decode(row);
    if (E.isRight(decoded)) return decoded.right;
    problems.push(...errorTexts(decoded.left).map((sentence) => `${line}: ${sentence}`));
    return validFields(RankingRow, row);
  });
  return { problems, rows };
};

/** The rows of `latest_ranking.csv`, or a failure with all problems. */
export const parseRanking = (content: string): E.Either<Failure, readonly RankingRow[]> => {
  const { problems, rows = [] } = readRanking(content);
  const valid = rows.filter(RankingRow.is);
  return problems.length > 0
    ? E.left(
        permanent('malformed-input', `${ARTIFACT_FILE.latest_ranking}: ${problems.join('; ')}`),
      )
    : E.right(valid);
};
