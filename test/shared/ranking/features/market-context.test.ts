import assert from 'node:assert/strict';
import { allocateColumns, column } from '../../../../shared/ranking/column-table.js';
import { marketContext } from '../../../../shared/ranking/features/market-context.js';
import {
  DATE_FEATURES,
  type DateFeature,
  ROW_COLUMNS,
} from '../../../../shared/ranking/features/names.js';
import { assertNear } from '../../../support/assert-near.js';

/** One date with six rows, of which the given ones are in the universe. */
const contextOf = (members: readonly number[]) => {
  const byRow = allocateColumns(ROW_COLUMNS, 6);
  const byDate = allocateColumns(DATE_FEATURES, 1);
  column(byRow, 'price_vs_sma60').set([0.1, 0.2, -0.1, NaN, 0.3, 9]);
  column(byRow, 'price_vs_sma200').set([0.1, 0, -0.1, -0.2, -0.3, 9]);
  column(byRow, 'momentum_combo').set([1, 2, 3, NaN, 6, 99]);
  column(byRow, 'rs_combo').set([0, 0, 0, 0, 5, 99]);
  const rows = Int32Array.from(members);
  marketContext({ byRow, byDate }, { offsets: Int32Array.of(0, rows.length), rows });
  return (name: DateFeature) => column(byDate, name)[0] ?? NaN;
};

describe('The market context', () => {
  it('counts a missing average as not above, and ignores it in the dispersions', () => {
    const context = contextOf([0, 1, 2, 3, 4]);
    assert.equal(context('breadth_above_sma60'), 0.6);
    assert.equal(context('breadth_above_sma200'), 0.2);
    assertNear(context('universe_momentum_dispersion'), Math.sqrt(14 / 3), 'dispersion');
    assertNear(context('universe_rs_dispersion'), Math.sqrt(5), 'relative dispersion');
    assert.equal(context('single_leader_burst'), 6 - 2.5);
  });

  it('needs five names', () => {
    const context = contextOf([0, 1, 2, 4]);
    for (const name of DATE_FEATURES) assert.ok(Number.isNaN(context(name)), name);
  });
});
