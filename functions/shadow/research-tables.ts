import { wholeCalendar } from '../../shared/ranking/cross-section.js';
import { csvText } from '../../shared/research/csv-text.js';
import { type Backtest, runBacktest } from '../../shared/research/evaluation/backtest.js';
import {
  backtestTable,
  LEADER_TABLE,
  PERFORMANCE_TABLE,
  POOL_SHADOW_TABLE,
  POOL_SUMMARY_TABLE,
} from '../../shared/research/evaluation/evaluation-tables.js';
import { weeklyPortfolios } from '../../shared/research/evaluation/portfolios.js';
import { totalOrder } from '../../shared/research/evaluation/tie-breaking.js';
import type { ResearchMarket } from '../../shared/research/prepare-research.js';
import { STRATEGIES, type Strategy } from '../../shared/research/tracks/track-scores.js';
import { validationTable, windowTable } from '../../shared/research/walk-forward/window-tables.js';
import type { TrackHistory } from './track-history.js';

const backtestOf = (
  market: ResearchMarket,
  { scores, evaluation }: TrackHistory,
  strategy: Strategy,
): Backtest => {
  if (strategy === 'final_score') return evaluation.backtest;
  const range = wholeCalendar(market.panel);
  const portfolios = weeklyPortfolios(market, scores, strategy, totalOrder, range);
  return runBacktest(market.panel, portfolios, range);
};

/** The research CSV files of a track, by file name. */
export const researchTables = (
  market: ResearchMarket,
  history: TrackHistory,
): ReadonlyMap<string, string> => {
  const { windows, evaluation } = history;
  const { calendar } = market.panel;
  return new Map([
    ['walkforward_windows.csv', csvText(windowTable(calendar), windows)],
    [
      'walkforward_validation_summary.csv',
      csvText(validationTable(calendar), evaluation.validation),
    ],
    ['performance_summary.csv', csvText(PERFORMANCE_TABLE, evaluation.performance)],
    ...STRATEGIES.map((strategy): [string, string] => {
      const backtest = backtestOf(market, history, strategy);
      const table = backtestTable(calendar, backtest);
      return [`backtest_${strategy}.csv`, csvText(table, backtest.netReturn.keys())];
    }),
    ['leader_metrics.csv', csvText(LEADER_TABLE, evaluation.leaders)],
    ['monthly_live_pool_shadow_detail.csv', csvText(POOL_SHADOW_TABLE, evaluation.pools)],
    ['monthly_live_pool_shadow_summary.csv', csvText(POOL_SUMMARY_TABLE, [evaluation.pools])],
  ]);
};
