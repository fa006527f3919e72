import { isoDay } from '../../day.js';
import { dayAt } from '../../ranking/panel.js';
import { LABELS } from '../../ranking/parameters.js';
import { calendarPosition } from '../../units.js';
import type { Cell, Table } from '../csv-text.js';
import type { Backtest } from './backtest.js';
import type { StrategyPerformance } from './evaluate-track.js';
import type { LeaderMetrics } from './leader-metrics.js';
import type { PoolEvaluation, PoolOutcome } from './pool-evaluation.js';
import { knownMean } from './pool-overlap.js';

/** `performance_summary.csv`. */
export const PERFORMANCE_TABLE: Table<StrategyPerformance> = [
  ['strategy', (row) => row.strategy],
  ['CAGR', (row) => row.cagr],
  ['Annualized Volatility', (row) => row.volatility],
  ['Sharpe', (row) => row.sharpe],
  ['Sortino', (row) => row.sortino],
  ['Max Drawdown', (row) => row.maxDrawdown],
  ['Calmar', (row) => row.calmar],
  ['Win Rate', (row) => row.winRate],
  ['Turnover', (row) => row.turnover],
];

/** `leader_metrics.csv`. */
export const LEADER_TABLE: Table<LeaderMetrics> = [
  ['horizon', (row) => row.horizon],
  ['Precision@N', (row) => row.precision],
  ['Recall@N', (row) => row.recall],
  ['Overlap Hit Rate', (row) => row.overlapHitRate],
  ['Average Rank of Future Top Performers', (row) => row.averageRank],
  ['Leader Capture Rate', (row) => row.leaderCapture],
  ['Average Overlap Count', (row) => row.averageOverlap],
  ['Evaluation Dates', (row) => row.evaluationDates],
];

/** `backtest_final_score.csv`; its rows are the days of the backtest: `netReturn.keys()`. */
export const backtestTable = (calendar: Int32Array, backtest: Backtest): Table<number> => {
  const cell =
    (values: Float64Array) =>
    (day: number): Cell =>
      values[day] ?? null;
  return [
    ['date', (day) => isoDay(dayAt(calendar, calendarPosition(backtest.range.first + day)))],
    ['net_return', cell(backtest.netReturn)],
    ['equity', cell(backtest.equity)],
    ['turnover', cell(backtest.turnover)],
  ];
};

export type NumberColumn = readonly [name: string, read: (shadow: PoolEvaluation) => number];

const outcomeColumns = (horizon: number): readonly NumberColumn[] => {
  const read =
    (name: Exclude<keyof PoolOutcome, 'horizon'>) =>
    ({ outcomes }: PoolEvaluation): number =>
      outcomes.find((one) => one.horizon === horizon)?.[name] ?? Number.NaN;
  return [
    [`h${horizon}_overlap_count`, read('overlap')],
    [`h${horizon}_precision`, read('precision')],
    [`h${horizon}_recall`, read('recall')],
    [`h${horizon}_leader_capture`, read('leaderCapture')],
    [`h${horizon}_avg_future_rank`, read('averageFutureRank')],
    [`h${horizon}_pool_mean_future_return`, read('meanFutureReturn')],
  ];
};

const POOL_SIZE: NumberColumn = ['pool_size', ({ symbols }) => symbols.length];

/** The numbers of a monthly pool, named as in its tables. */
export const POOL_NUMBERS: readonly NumberColumn[] = [
  ['pool_stability', ({ stability }) => stability],
  ['pool_churn', ({ churn }) => churn],
  ...LABELS.horizons.flatMap(outcomeColumns),
];

/** `monthly_live_pool_shadow_detail.csv`. */
export const POOL_SHADOW_TABLE: Table<PoolEvaluation> = [
  ['rebalance_date', ({ day }) => isoDay(day)],
  ['rebalance_frequency', () => 'monthly'],
  POOL_SIZE,
  ['pool_symbols', ({ symbols }) => symbols.join(',')],
  ...POOL_NUMBERS,
];

/** `monthly_live_pool_shadow_summary.csv`: one row, the means of the detail's known values. */
export const POOL_SUMMARY_TABLE: Table<readonly PoolEvaluation[]> = [
  ['rebalance_frequency', () => 'monthly'],
  ['evaluation_dates', (shadows) => shadows.length],
  ...[POOL_SIZE, ...POOL_NUMBERS].map(([name, read]): Table<readonly PoolEvaluation[]>[number] => [
    name,
    (shadows) => knownMean(shadows.map(read)),
  ]),
];
