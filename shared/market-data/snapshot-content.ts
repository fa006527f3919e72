import * as E from 'fp-ts/lib/Either.js';
import * as S from 'fp-ts/lib/string.js';
import { type Failure, permanent } from '../codec/failure.js';
import { isoDay } from '../day.js';
import { invalidBars } from './bar-rules.js';
import { type BarSeries, type DayRange, dayOfBar, type SymbolMetadata } from './bars.js';

/** The complete input of a ranking. */
export interface SnapshotContent {
  /** The requested days; the last one is the as-of date. */
  readonly range: DayRange;
  readonly benchmark: string;
  /** The pool before this run, in its order. */
  readonly previousPool: readonly string[];
  /** Every symbol that the source knows, ascending by symbol once sealed. */
  readonly metadata: readonly SymbolMetadata[];
  /** Ascending by symbol once sealed. */
  readonly series: readonly BarSeries[];
}

const SENTENCES_SHOWN = 5;

const repeated = (what: string, names: readonly string[]): readonly string[] =>
  [...names]
    .sort(S.Ord.compare)
    .filter((name, index, sorted) => name === sorted[index - 1])
    .map((name) => `${what}: expected ${name} once, got it again`);

const brokenSeries = (range: DayRange, series: BarSeries): readonly string[] => {
  const { symbol, day, open, high, low, close, volume, quoteVolume } = series;
  const first = dayOfBar(series, 0);
  const last = dayOfBar(series, -1);
  if (first === undefined || last === undefined) return [`${symbol}: expected bars, got none`];
  if ([open, high, low, close, volume, quoteVolume].some(({ length }) => length !== day.length)) {
    return [`${symbol}: expected columns of ${day.length} bars, got columns of other lengths`];
  }
  const findings = invalidBars(series).map(({ index, field, expected, got }) => {
    const at = dayOfBar(series, index);
    return `${symbol}, ${at === undefined ? '' : isoDay(at)}, ${field}: expected ${expected}, got ${got}`;
  });
  return first < range.first || last > range.last
    ? [
        ...findings,
        `${symbol}: expected bars from ${isoDay(range.first)} to ${isoDay(range.last)}, got ${isoDay(first)} to ${isoDay(last)}`,
      ]
    : findings;
};

/** Validates content: no duplicate symbols, and every bar is valid and lies in the range. */
export const checkContent = (content: SnapshotContent): E.Either<Failure, SnapshotContent> => {
  const sentences = [
    ...repeated(
      'metadata',
      content.metadata.map(({ symbol }) => symbol),
    ),
    ...repeated(
      'series',
      content.series.map(({ symbol }) => symbol),
    ),
    ...repeated('previous pool', content.previousPool),
    ...content.series.flatMap((series) => brokenSeries(content.range, series)),
  ];
  const rest = sentences.length - SENTENCES_SHOWN;
  const shown = sentences.slice(0, SENTENCES_SHOWN).join('; ');
  return sentences.length === 0
    ? E.right(content)
    : E.left(
        permanent('malformed-input', `Snapshot: ${shown}${rest > 0 ? `; and ${rest} more` : ''}`),
      );
};
