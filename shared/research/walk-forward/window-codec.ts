import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { textOfUtf8, utf8 } from '../../codec/bytes.js';
import { Count } from '../../codec/count.js';
import { decodeJson, shown } from '../../codec/decode.js';
import { exactObject } from '../../codec/exact-object.js';
import { type Failure, permanent } from '../../codec/failure.js';
import { canonicalJson, sha256 } from '../../codec/hash.js';
import { type DateRange, dateRange } from '../../ranking/cross-section.js';
import { TargetName } from '../tracks/target-name.js';
import { bytesOfFloats, floatsOfBytes } from './float-bytes.js';
import type { WindowScores } from './score-window.js';
import type { Window } from './windows.js';

/** Format and version; scores of another version are computed again. */
const MAGIC = 'window-scores 1\n';
const CHECKSUM_LINE = 64 + 1;
const LINE_END = 0x0a;

const Dates = exactObject('DateRange', { first: Count, last: Count });
const Header = exactObject('WindowHeader', {
  window: exactObject('Window', { id: Count, train: Dates, effectiveTrain: Dates, test: Dates }),
  target: TargetName,
  trainRowsPrePurge: Count,
  trainRows: Count,
  trainDatesPrePurge: Count,
  trainDates: Count,
  linearBackend: t.string,
  treeBackend: t.string,
  /** Of each of the two columns. */
  rows: Count,
});

/**
 * Three lines of text (format, SHA-256 of all that follows, a JSON header), then the linear and the
 * tree scores in little-endian float64. The same scores are always the same bytes.
 */
export const encodeWindowScores = ({ linear, tree, ...facts }: WindowScores): Uint8Array => {
  const content = Buffer.concat([
    utf8(`${canonicalJson({ ...facts, rows: linear.length })}\n`),
    bytesOfFloats(linear),
    bytesOfFloats(tree),
  ]);
  return Buffer.concat([utf8(`${MAGIC}${sha256(content)}\n`), content]);
};

const datesOf = ({ first, last }: t.TypeOf<typeof Dates>): DateRange => dateRange(first, last);

const windowOf = ({ id, ...dates }: t.TypeOf<typeof Header>['window']): Window => ({
  id,
  train: datesOf(dates.train),
  effectiveTrain: datesOf(dates.effectiveTrain),
  test: datesOf(dates.test),
});

const windowRejected = (what: string, sentence: string): Failure =>
  permanent('malformed-input', `${what}: ${sentence}`);

const textOf = (bytes: Uint8Array): string => textOfUtf8(bytes) ?? '';

/** Reads what {@link encodeWindowScores} wrote; fails with `malformed-input` if one bit differs. */
export const decodeWindowScores =
  (what = 'window scores') =>
  (bytes: Uint8Array): E.Either<Failure, WindowScores> => {
    const magic = textOf(bytes.subarray(0, MAGIC.length));
    if (magic !== MAGIC) {
      return E.left(
        windowRejected(what, `expected ${shown(MAGIC)} at its start, got ${shown(magic)}`),
      );
    }
    const content = bytes.subarray(MAGIC.length + CHECKSUM_LINE);
    const checksum = textOf(bytes.subarray(MAGIC.length, MAGIC.length + CHECKSUM_LINE));
    const actual = sha256(content);
    return checksum === `${actual}\n`
      ? contentOf(what, content)
      : E.left(
          windowRejected(
            what,
            `damaged: expected content of SHA-256 ${shown(checksum)}, got ${actual}`,
          ),
        );
  };

const contentOf = (what: string, content: Uint8Array): E.Either<Failure, WindowScores> => {
  const end = content.indexOf(LINE_END);
  const columns = content.subarray(end + 1);
  return pipe(
    textOf(content.subarray(0, end)),
    decodeJson(Header, `${what}: header`),
    E.filterOrElse(
      ({ rows }) => columns.length === 2 * rows * Float64Array.BYTES_PER_ELEMENT,
      ({ rows }) =>
        windowRejected(what, `expected two columns of ${rows} rows, got ${columns.length} bytes`),
    ),
    E.map(({ rows, window, ...facts }) => {
      const values = floatsOfBytes(columns);
      return {
        ...facts,
        window: windowOf(window),
        linear: values.slice(0, rows),
        tree: values.slice(rows),
      };
    }),
  );
};
