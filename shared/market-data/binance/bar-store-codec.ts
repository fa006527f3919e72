import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { decodeJson } from '../../codec/decode.js';
import { exactObject } from '../../codec/exact-object.js';
import { sha256 } from '../../codec/hash.js';
import { AsOfDate } from '../../codec/primitives.js';
import { refinedInteger } from '../../codec/refined.js';
import { isoDay, parseIsoDay } from '../../day.js';
import type { BarSeries } from '../bars.js';
import { barsSize, decodeBars, encodeBars } from '../snapshot-bars.js';
import { SNAPSHOT_COLUMNS } from '../snapshot-manifest.js';
import type { DayRanges } from './day-ranges.js';

const Header = exactObject('kept bars', {
  schema_version: t.literal(1),
  symbol: t.string,
  columns: t.literal(SNAPSHOT_COLUMNS),
  rows: refinedInteger('Count', 0, 'a whole number of at least 0'),
  covered: t.readonlyArray(exactObject('days', { first: AsOfDate, last: AsOfDate })),
});

/** The stored bars of one symbol, and the days for which they are complete. */
export interface BarStoreContent {
  readonly series: BarSeries;
  /** Days outside these ranges may have bars that were never requested. */
  readonly covered: DayRanges;
}

/** The metadata entry that holds the SHA-256 of the whole object. */
export const CHECKSUM = 'sha256';

// The columns are aligned to the size of their values, so that they can be read in place.
const ALIGNMENT = Float64Array.BYTES_PER_ELEMENT;
const NEWLINE = '\n'.charCodeAt(0);

/** One line of JSON, padded with spaces, and the columns as in a snapshot's bars object. */
export const encodeStoredBars = ({ series, covered }: BarStoreContent): Uint8Array => {
  const header = new TextEncoder().encode(
    JSON.stringify({
      schema_version: 1,
      symbol: series.symbol,
      columns: SNAPSHOT_COLUMNS,
      rows: series.day.length,
      covered: covered.map(({ first, last }) => ({ first: isoDay(first), last: isoDay(last) })),
    }),
  );
  const columns = encodeBars([series]);
  const start = Math.ceil((header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + columns.length).fill(' '.charCodeAt(0), 0, start);
  bytes.set(header);
  bytes[start - 1] = NEWLINE;
  bytes.set(columns, start);
  return bytes;
};

/**
 * Decodes and verifies an object of this symbol, or returns its problem. The series may share
 * memory with `bytes`.
 */
export const decodeStoredBars = (
  symbol: string,
  bytes: Uint8Array,
  checksum: string | undefined,
): E.Either<string, BarStoreContent> => {
  const actual = sha256(bytes);
  if (actual !== checksum)
    return E.left(`expected SHA-256 ${checksum ?? 'in its metadata'}, got ${actual}`);
  const start = bytes.indexOf(NEWLINE) + 1;
  return pipe(
    decodeJson(Header)(new TextDecoder().decode(bytes.subarray(0, start))),
    E.mapLeft(({ message }) => message),
    E.chain((header) => {
      const size = start + barsSize(header.rows);
      if (header.symbol !== symbol)
        return E.left(`expected the bars of ${symbol}, got the bars of ${header.symbol}`);
      if (bytes.length !== size) return E.left(`expected ${size} bytes, got ${bytes.length}`);
      const [series] = decodeBars([{ symbol, rows: header.rows }], bytes.subarray(start));
      if (series === undefined) return E.left('expected one series, got none');
      const covered = header.covered.map(({ first, last }) => ({
        first: parseIsoDay(first),
        last: parseIsoDay(last),
      }));
      return E.right({ series, covered });
    }),
  );
};
