import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { utf8, validated } from '../codec/bytes.js';
import { exactObject } from '../codec/exact-object.js';
import type { Failure } from '../codec/failure.js';
import { AsOfDate, Finite, PositiveInteger, SymbolUsdt } from '../codec/primitives.js';
import { refinedText } from '../codec/refined.js';
import { ARTIFACT_FILE, RANKING_COLUMNS, type RankingColumn } from './constants.js';

const Score = t.union([Finite, t.null], 'Finite or null');

/** The name of a market regime, e.g. `risk_off`. */
export const RegimeName = refinedText(
  'Regime',
  '[a-z][a-z0-9_]{0,39}',
  'lower-case letters, digits and _, e.g. risk_off',
);
export type RegimeName = t.TypeOf<typeof RegimeName>;

/** One row of `latest_ranking.csv`. A symbol without a final score has no rank. */
export const RankingRow = exactObject('RankingRow', {
  as_of_date: AsOfDate,
  symbol: SymbolUsdt,
  rule_score: Score,
  linear_score: Score,
  ml_score: Score,
  final_score: Score,
  regime: RegimeName,
  confidence: Score,
  selected_flag: t.boolean,
  current_rank: t.union([PositiveInteger, t.null], 'PositiveInteger or null'),
} satisfies Record<RankingColumn, t.Mixed>);
export type RankingRow = t.TypeOf<typeof RankingRow>;

/** The line number of a row; the header is line 1. */
export const lineOfRow = (index: number): number => index + 2;

const cell = (value: RankingRow[RankingColumn]): string => {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
};

/**
 * The bytes of `latest_ranking.csv`, with numbers in their shortest round-trip form. No field can
 * contain a comma, a quote or a line break, so no field is quoted.
 */
export const encodeRanking = (rows: readonly unknown[]): E.Either<Failure, Uint8Array> =>
  pipe(
    rows,
    E.traverseReadonlyArrayWithIndex((index, row) =>
      validated(RankingRow, `${ARTIFACT_FILE.latest_ranking}: line ${lineOfRow(index)}`)(row),
    ),
    E.map((valid) => {
      const lines = valid.map((row) =>
        RANKING_COLUMNS.map((column) => cell(row[column])).join(','),
      );
      return utf8(`${[RANKING_COLUMNS.join(','), ...lines].join('\n')}\n`);
    }),
  );
