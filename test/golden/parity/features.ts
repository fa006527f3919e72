import assert from 'node:assert/strict';
import { parseIsoDay } from '../../../shared/day.js';
import { column } from '../../../shared/ranking/column-table.js';
import {
  FEATURES,
  type Feature,
  isDateFeature,
  type ROW_COLUMNS,
} from '../../../shared/ranking/features/names.js';
import { dateOf, rowOf, symbolIndexOf } from '../../../shared/ranking/panel.js';
import type { PreparedBuild } from '../../../shared/ranking/prepare-build.js';
import { assertNear } from '../../support/assert-near.js';
import type { CsvTable } from '../../support/csv-table.js';
import type { ParityRun } from './run.js';

const featureAt = (build: PreparedBuild, feature: Feature, row: number): number =>
  isDateFeature(feature)
    ? (column(build.features.byDate, feature)[build.panel.dateOfRow[row] ?? -1] ?? Number.NaN)
    : (column(build.features.byRow, feature)[row] ?? Number.NaN);

/** The panel row that a row of a golden table is about. */
export const panelRow = (build: PreparedBuild, table: CsvTable, row: number): number => {
  const { panel } = build;
  const date = table.header.includes('date')
    ? dateOf(panel, parseIsoDay(table.text(row, 'date')))
    : build.asOfPosition;
  const symbol = symbolIndexOf(panel, table.text(row, 'symbol'));
  const found = symbol === undefined || date === undefined ? undefined : rowOf(panel, symbol, date);
  assert.ok(found !== undefined, `no bar of ${table.text(row, 'symbol')} on date ${date}`);
  return found;
};

const compareFeatures = ({ build }: ParityRun, table: CsvTable): void => {
  for (let row = 0; row < table.size; row += 1) {
    const at = panelRow(build, table, row);
    for (const feature of FEATURES) {
      assertNear(
        featureAt(build, feature, at),
        table.number(row, feature),
        `${feature} in row ${row} (${table.text(row, 'symbol')})`,
      );
    }
  }
};

export const featureParity = (run: () => ParityRun): void => {
  it('has the 44 features of every symbol on the as-of day', () => {
    compareFeatures(run(), run().golden.table('features_asof.csv'));
  });

  it('has the 44 features of every symbol on the label dates', () => {
    compareFeatures(run(), run().golden.table('features_label_dates.csv'));
  });

  it('has the daily return and the two penalties behind them', () => {
    const { build, golden } = run();
    const table = golden.table('features_asof.csv');
    const read = (name: (typeof ROW_COLUMNS)[number], row: number): number =>
      column(build.features.byRow, name)[row] ?? Number.NaN;
    for (let row = 0; row < table.size; row += 1) {
      const at = panelRow(build, table, row);
      assertNear(read('daily_return', at), table.number(row, 'daily_return'), 'daily_return');
      const volatility = table.number(row, 'downside_vol_penalty');
      assertNear(-read('downside_volatility', at), volatility, 'downside_vol_penalty');
      const drawdown = table.number(row, 'drawdown_penalty');
      assertNear(-read('drawdown_severity', at), drawdown, 'drawdown_penalty');
    }
  });
};
