import { isoDay } from '../../day.js';
import { dayAt } from '../../ranking/panel.js';
import type { CalendarPosition } from '../../units.js';
import type { Table } from '../csv-text.js';
import type { LeaderMetrics } from '../evaluation/leader-metrics.js';
import type { WindowValidation } from '../evaluation/validate-window.js';
import type { WindowScores } from './score-window.js';
import { WALK_FORWARD } from './windows.js';

/**
 * `walkforward_windows.csv`; `calendar` is that of the panel which the windows were planned for.
 */
export const windowTable = (calendar: Int32Array): Table<WindowScores> => {
  const text = (date: CalendarPosition): string => isoDay(dayAt(calendar, date));
  return [
    ['window_id', ({ window }) => window.id],
    ['train_start', ({ window }) => text(window.train.first)],
    ['train_end', ({ window }) => text(window.train.last)],
    ['effective_train_end', ({ window }) => text(window.effectiveTrain.last)],
    ['test_start', ({ window }) => text(window.test.first)],
    ['test_end', ({ window }) => text(window.test.last)],
    ['purge_days', () => WALK_FORWARD.purgeDays],
    ['prediction_aggregation', () => 'mean'],
    ['train_rows_pre_purge', (scores) => scores.trainRowsPrePurge],
    ['purged_train_rows', (scores) => scores.trainRowsPrePurge - scores.trainRows],
    ['train_rows', (scores) => scores.trainRows],
    ['train_dates_pre_purge', (scores) => scores.trainDatesPrePurge],
    ['train_dates', (scores) => scores.trainDates],
    ['test_rows', (scores) => scores.linear.length],
    ['linear_backend', (scores) => scores.linearBackend],
    ['ml_backend', (scores) => scores.treeBackend],
  ];
};

/** `walkforward_validation_summary.csv`. */
export const validationTable = (calendar: Int32Array): Table<WindowValidation> => [
  ...windowTable(calendar).map(([name, read]): Table<WindowValidation>[number] => [
    name,
    ({ scores }) => read(scores),
  ]),
  ...leaderColumns(0, 'h30'),
  ...leaderColumns(1, 'h60'),
  ...leaderColumns(2, 'h90'),
  ['window_cagr', ({ performance }) => performance.cagr],
  ['window_sharpe', ({ performance }) => performance.sharpe],
  ['window_max_drawdown', ({ performance }) => performance.maxDrawdown],
  ['window_turnover', ({ performance }) => performance.turnover],
];

const leaderColumns = (place: number, prefix: string): Table<WindowValidation> => {
  const read =
    (name: keyof LeaderMetrics) =>
    ({ leaders }: WindowValidation): number =>
      leaders[place]?.[name] ?? Number.NaN;
  return [
    [`${prefix}_precision`, read('precision')],
    [`${prefix}_recall`, read('recall')],
    [`${prefix}_capture`, read('leaderCapture')],
  ];
};
