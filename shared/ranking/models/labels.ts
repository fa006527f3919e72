import { floatAt, intAt } from '../../typed-arrays.js';
import { allocateColumns, type Columns, column } from '../column-table.js';
import {
  type CrossSections,
  type DateRange,
  datesOf,
  gather,
  rowsOn,
  wholeCalendar,
} from '../cross-section.js';
import type { Panel } from '../panel.js';
import { LABELS } from '../parameters.js';
import { ascending, percentileRank } from '../statistics/percentile-rank.js';

const LABEL_COLUMNS = [
  'future_return_30',
  'future_return_60',
  'future_return_90',
  'future_rank_pct_30',
  'future_rank_pct_60',
  'future_rank_pct_90',
  'future_topk_label_30',
  'future_topk_label_60',
  'future_topk_label_90',
  'blended_rank_pct',
] as const;
export type LabelColumn = (typeof LABEL_COLUMNS)[number];

/** A model's target: the official one, or the challenger's. */
export type Target = Extract<LabelColumn, 'blended_rank_pct' | 'future_topk_label_60'>;

/**
 * Future returns and labels per row (METHOD §8): the return of the symbol h rows ahead, and among
 * the universe of the date its percentile rank and whether it was among the best three (ties by
 * symbol). NaN if the future is unknown; ranks, labels and target also outside the universe and the
 * dates of the range.
 */
export const computeLabels = (
  panel: Panel,
  members: CrossSections,
  range: DateRange = wholeCalendar(panel),
): Columns<LabelColumn> => {
  const labels = allocateColumns(LABEL_COLUMNS, panel.close.length);
  for (const horizon of LABELS.horizons) {
    const returns = column(labels, `future_return_${horizon}`);
    futureReturns(panel, horizon, returns);
    const ranks = column(labels, `future_rank_pct_${horizon}`);
    const top = column(labels, `future_topk_label_${horizon}`);
    for (const date of datesOf(range)) {
      const rows = rowsOn(members, date);
      const values = gather(returns, rows);
      scatter(percentileRank(values), rows, ranks);
      scatter(topLabels(values, LABELS.topK), rows, top);
    }
  }
  blend(labels);
  return labels;
};

const futureReturns = (panel: Panel, horizon: number, out: Float64Array): void => {
  const { offsets, close } = panel;
  for (let s = 0; s < panel.symbols.length; s += 1) {
    const end = intAt(offsets, s + 1);
    for (let row = intAt(offsets, s); row + horizon < end; row += 1) {
      const change = floatAt(close, row + horizon) / floatAt(close, row) - 1;
      if (Number.isFinite(change)) out[row] = change;
    }
  }
};

/**
 * 1 for the `k` largest values, of equal ones the first in position; 0 for the rest, NaN for NaN.
 */
export const topLabels = (values: Float64Array, k: number): Float64Array => {
  const labels = values.map((value) => (Number.isNaN(value) ? Number.NaN : 0));
  // Ascending over the negated values: among equal ones the earlier position stays first.
  const best = ascending(values.map((value) => -value));
  for (const position of best.subarray(0, k)) labels[position] = 1;
  return labels;
};

/** The weighted ranks of the three horizons; a missing one counts 0 if any is there. */
const blend = (labels: Columns<LabelColumn>): void => {
  const total = LABELS.weights.reduce((sum, weight) => sum + weight, 0);
  const ranks = LABELS.horizons.map((horizon) => column(labels, `future_rank_pct_${horizon}`));
  const out = column(labels, 'blended_rank_pct');
  for (let row = 0; row < labels.rows; row += 1) {
    let sum = 0;
    let known = 0;
    for (let h = 0; h < ranks.length; h += 1) {
      const rank = ranks[h]?.[row] as number;
      if (Number.isNaN(rank)) continue;
      sum += (LABELS.weights[h] as number) * rank;
      known += 1;
    }
    if (known > 0) out[row] = sum / total;
  }
};

const scatter = (values: Float64Array, rows: Int32Array, out: Float64Array): void => {
  for (let i = 0; i < rows.length; i += 1) out[intAt(rows, i)] = floatAt(values, i);
};
