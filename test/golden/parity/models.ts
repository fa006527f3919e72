import assert from 'node:assert/strict';
import * as t from 'io-ts';
import { decode } from '../../../shared/codec/decode.js';
import { isoDay } from '../../../shared/day.js';
import { columnOf } from '../../../shared/ranking/boosting/matrix.js';
import { rowsBetween } from '../../../shared/ranking/cross-section.js';
import { FEATURES } from '../../../shared/ranking/features/names.js';
import { symbolOf } from '../../../shared/ranking/panel.js';
import { epochDay, panelRow } from '../../../shared/units.js';
import { assertNear } from '../../support/assert-near.js';
import type { CsvTable } from '../../support/csv-table.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import type { GoldenCase } from '../../support/golden-case.js';
import type { ParityRun } from './run.js';

const Named = t.record(t.string, t.number);
const ModelInfo = t.type({
  train_start_date: t.string,
  train_end_date: t.string,
  train_rows: t.number,
  score_rows: t.number,
  feature_columns: t.array(t.string),
  medians: Named,
  train_nan_counts: Named,
  scaler_mean: Named,
  scaler_scale: Named,
  ridge_coef_standardised: Named,
  ridge_intercept: t.number,
});

const modelInfo = (golden: GoldenCase) =>
  getOrThrow(decode(ModelInfo)(golden.json('model_info.json')));

const columnFrom = (table: CsvTable, name: string): Float64Array =>
  Float64Array.from({ length: table.size }, (_, row) => table.number(row, name));

/** What two ways to sum 14,663 products, and to solve with them, may differ in. */
const SOLVED = 1e-9;

export const modelParity = (golden: GoldenCase, run: () => ParityRun): void => {
  it('trains on the same window and rows, with the same medians and scaler', () => {
    const { model } = run().ranking;
    const info = modelInfo(golden);
    assert.deepEqual(
      {
        first: isoDay(model.window.first),
        last: isoDay(model.window.last),
        trainingRows: model.trainingRows,
        scoringRows: model.scoringRows,
        features: model.features,
      },
      {
        first: info.train_start_date,
        last: info.train_end_date,
        trainingRows: info.train_rows,
        scoringRows: info.score_rows,
        features: info.feature_columns,
      },
    );
    for (const [c, name] of FEATURES.entries()) {
      assertNear(model.fit?.medians[c], info.medians[name] ?? 0, `median of ${name}`);
      assertNear(model.fit?.mean[c], info.scaler_mean[name] ?? 0, `mean of ${name}`, SOLVED);
      assertNear(model.fit?.scale[c], info.scaler_scale[name] ?? 0, `scale of ${name}`, SOLVED);
      assert.equal(model.fit?.missing[c], info.train_nan_counts[name], name);
    }
  });

  it('has the ridge coefficients', () => {
    const { fit } = run().ranking.model;
    const info = modelInfo(golden);
    assertNear(fit?.intercept, info.ridge_intercept, 'intercept', SOLVED);
    for (const [c, name] of FEATURES.entries()) {
      const expected = info.ridge_coef_standardised[name] ?? Number.NaN;
      assertNear(fit?.coefficients[c], expected, `coefficient of ${name}`, SOLVED);
    }
  });

  // Trees see nothing but the order and the ties of each column, so these are equal to the last
  // bit.
  if (golden.has('train_matrix.csv')) {
    it('has the training matrix, bit for bit and row for row', () => {
      const { build } = run();
      const table = golden.table('train_matrix.csv');
      const { panel, universe, window, data } = build;
      const rows = rowsBetween(universe.members, window);
      assert.equal(rows.length, table.size, 'every member of the window has a target');
      for (let r = 0; r < table.size; r += 1) {
        const row = rows[r] ?? -1;
        const day = panel.calendar[panel.dateOfRow[row] ?? -1] ?? Number.NaN;
        assert.equal(symbolOf(panel, panelRow(row)), table.text(r, 'symbol'));
        assert.equal(isoDay(epochDay(day)), table.text(r, 'date'));
      }
      assert.deepEqual(data?.training.target, columnFrom(table, 'y'));
      for (const [c, name] of FEATURES.entries()) {
        assert.ok(data);
        const ours = columnOf(data.training.features, c).slice();
        assert.deepEqual(ours, columnFrom(table, name), name);
      }
    });

    it('has the scoring matrix, bit for bit', () => {
      const { data } = run().build;
      const table = golden.table('score_matrix.csv');
      for (const [c, name] of FEATURES.entries()) {
        assert.ok(data);
        assert.deepEqual(columnOf(data.scoring, c).slice(), columnFrom(table, name), name);
      }
    });
  }
};
