import assert from 'node:assert/strict';
import { type Cell, csvText, type Table } from '../../../shared/research/csv-text.js';

const single: Table<Cell> = [['cell', (cell) => cell]];

describe('csvText', () => {
  for (const [cell, text] of [
    [0.1 + 0.2, '0.30000000000000004'],
    [5, '5'],
    [1e-7, '1e-7'],
    [NaN, ''],
    [null, ''],
    [true, 'True'],
    [false, 'False'],
    ['A|B', 'A|B'],
    ['A,B', '"A,B"'],
    ['say "A"', '"say ""A"""'],
    ['two\nlines', '"two\nlines"'],
  ] as const) {
    it(`writes ${JSON.stringify(cell)} of type ${typeof cell} as ${text || 'an empty cell'}`, () => {
      assert.equal(csvText(single, [cell]), `cell\n${text}\n`);
    });
  }

  it('writes the header alone where there are no rows', () => {
    assert.equal(csvText(single, []), 'cell\n');
  });
});
