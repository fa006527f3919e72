import assert from 'node:assert/strict';
import { assertNear } from '../../support/assert-near.js';
import { type CsvTable, parseCsvTable } from '../../support/csv-table.js';

const TOLERANCE = 1e-9;

/** What the reference calls what we name otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  sklearn_ridge: 'ridge_cholesky',
  lightgbm: 'lightgbm_4.6.0_bit_exact',
  'crypto-leader-rotation': 'crypto-live-pool-pipelines',
};

const isNumber = (text: string): boolean => text !== '' && !Number.isNaN(Number(text));

/** The same columns in the same order, the same texts, and numbers equal to nine digits. */
export const assertSameTable = (csv: string, expected: CsvTable): void => {
  const actual = parseCsvTable(csv);
  assert.deepEqual(actual.header, expected.header);
  assert.equal(actual.size, expected.size);
  for (let row = 0; row < expected.size; row += 1) {
    for (const column of expected.header) {
      const [ours, theirs] = [actual.text(row, column), expected.text(row, column)];
      const what = `${column} in row ${row}`;
      if (isNumber(theirs) && isNumber(ours)) {
        assertNear(Number(ours), Number(theirs), what, TOLERANCE);
      } else {
        assert.equal(ours, RENAMED[theirs] ?? theirs, what);
      }
    }
  }
};
