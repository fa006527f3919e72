import assert from 'node:assert/strict';
import { isoDay } from '../../../shared/day.js';
import { column } from '../../../shared/ranking/column-table.js';
import { dateRange, datesOf, rowsOn } from '../../../shared/ranking/cross-section.js';
import { DATE_FEATURES } from '../../../shared/ranking/features/names.js';
import { computeLabels, type LabelColumn } from '../../../shared/ranking/models/labels.js';
import { dayAt } from '../../../shared/ranking/panel.js';
import { classifyRegime, regimeInputs } from '../../../shared/ranking/regime.js';
import { assertNear } from '../../support/assert-near.js';
import { panelRow } from './features.js';
import type { ParityRun } from './run.js';

export const marketParity = (run: () => ParityRun): void => {
  it('has the market context, the regime and its confidence on every date', () => {
    const { golden, build } = run();
    const table = golden.table('regime_history.csv');
    assert.equal(build.panel.calendar.length, table.size);
    for (const date of datesOf(dateRange(0, table.size - 1))) {
      const day = table.text(date, 'date');
      assert.equal(isoDay(dayAt(build.panel.calendar, date)), day);
      const inputs = regimeInputs(build.features.byDate, date);
      for (const name of DATE_FEATURES) {
        assertNear(inputs[name], table.number(date, name), `${name} on ${day}`);
      }
      const { regime, confidence } = classifyRegime(inputs);
      assert.equal(regime, table.text(date, 'regime'), day);
      assertNear(confidence, table.number(date, 'regime_confidence'), `confidence on ${day}`);
      const members = rowsOn(build.universe.members, date).length;
      assert.equal(members, table.number(date, 'universe_count'), day);
    }
  });

  it('keeps the regime of every seventh day of two years', () => {
    const { golden, ranking } = run();
    const table = golden.table('regime_history.csv');
    const rows = new Map(
      Array.from({ length: table.size }, (_, row) => [table.text(row, 'date'), row]),
    );
    const history = ranking.regimeHistory ?? [];
    assert.equal(history.length, 105);
    assert.equal(history.at(-1)?.day, ranking.asOf);
    for (const [week, { day, regime, inputs }] of history.entries()) {
      assert.equal(day, ranking.asOf - 7 * (104 - week));
      const row = rows.get(isoDay(day)) ?? Number.NaN;
      assert.equal(regime, table.text(row, 'regime'), isoDay(day));
      for (const name of DATE_FEATURES)
        assertNear(inputs[name], table.number(row, name), `${name} on ${isoDay(day)}`);
    }
  });

  it('has the labels and the target on the label dates', () => {
    const { golden, build } = run();
    const table = golden.table('labels.csv');
    const labels = computeLabels(build.panel, build.universe.members);
    const names: readonly LabelColumn[] = labels.names;
    for (let row = 0; row < table.size; row += 1) {
      const at = panelRow(build, table, row);
      for (const name of names) {
        const expected = table.number(row, name === 'blended_rank_pct' ? 'blended_target' : name);
        assertNear(column(labels, name)[at], expected, `${name} in row ${row}`);
      }
    }
  });
};
