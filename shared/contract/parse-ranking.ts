import { parse } from 'csv-parse/sync';
import * as E from 'fp-ts/lib/Either.js';
import { errorTexts, shown } from '../codec/decode.js';
import { validFields } from '../codec/exact-object.js';
import { type Failure, permanent } from '../codec/failure.js';
import { ARTIFACT_FILE, RANKING_COLUMNS, type RankingColumn } from './constants.js';
import { lineOfRow, RankingRow } from './latest-ranking.js';

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const flag = (text: string): unknown => (text === 'True' ? true : text === 'False' ? false : text);
const number = (text: string): unknown =>
  text === '' ? null : NUMBER.test(text) ? Number(text) : text;
const text = (value: string): unknown => value;

/** What each cell says; text that says nothing sensible is left for the codec to refuse. */
const meaning: Readonly<Record<RankingColumn, (text: string) => unknown>> = {
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
  /** Everything wrong, each with its line and column. */
  readonly problems: readonly string[];
  /** One per line, with the cells that are sound; undefined where the file is no such table. */
  readonly rows: readonly Partial<RankingRow>[] | undefined;
}

const unreadable = (problem: string): RankingReading => ({ problems: [problem], rows: undefined });

/**
 * Reads `latest_ranking.csv` as far as it can be read. Numbers may be written in any decimal form
 * (`1`, `1.0`): readers compare numbers, not text.
 */
export const readRanking = (content: string): RankingReading => {
  let records: readonly (readonly string[])[];
  try {
    records = parse(content, { record_delimiter: '\n', relax_column_count: true });
  } catch (cause) {
    return unreadable(
      `expected comma-separated text, got: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
  const header = RANKING_COLUMNS.join(',');
  const [columns, ...lines] = records;
  if (columns?.join(',') !== header)
    return unreadable(`line 1: expected the header ${header}, got ${shown(columns?.join(','))}`);

  const problems: string[] = [];
  if (!content.endsWith('\n'))
    problems.push(`line ${records.length}: expected a line break at its end, got the file's end`);
  const rows = lines.map((cells, index) => {
    const where = `line ${lineOfRow(index)}`;
    if (cells.length !== RANKING_COLUMNS.length) {
      problems.push(`${where}: expected ${RANKING_COLUMNS.length} cells, got ${cells.length}`);
      return {};
    }
    const row = Object.fromEntries(
      RANKING_COLUMNS.map((column, at) => [column, meaning[column](cells[at] ?? '')]),
    );
    const decoded = RankingRow.decode(row);
    if (E.isRight(decoded)) return decoded.right;
    problems.push(...errorTexts(decoded.left).map((sentence) => `${where}: ${sentence}`));
    return validFields(RankingRow, row);
  });
  return { problems, rows };
};

/** The rows of `latest_ranking.csv`, or everything that is wrong with it. */
export const parseRanking = (content: string): E.Either<Failure, readonly RankingRow[]> => {
  const { problems, rows = [] } = readRanking(content);
  const sound = rows.filter(RankingRow.is);
  return problems.length > 0
    ? E.left(
        permanent('malformed-input', `${ARTIFACT_FILE.latest_ranking}: ${problems.join('; ')}`),
      )
    : E.right(sound);
};
