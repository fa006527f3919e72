import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../codec/failure.js';
import { allocateColumns, type Columns, column } from '../ranking/column-table.js';
import { datesOf, gather, rowsOn, wholeCalendar } from '../ranking/cross-section.js';
import { computeLabels } from '../ranking/models/labels.js';
import { ACTIVE_SCHEME, ruleScores } from '../ranking/models/rule-scores.js';
import {
  computeStages,
  type Market,
  type MarketInput,
  openMarket,
} from '../ranking/open-market.js';
import type { Panel } from '../ranking/panel.js';
import { classifyRegime, type RegimeCall, regimeInputs } from '../ranking/regime.js';
import { intAt } from '../typed-arrays.js';
import { buildSample, type Sample } from './sample.js';

const OBSERVED = ['vol20', 'liquidity_stability', 'avg_quote_vol_180'] as const;
const RETURNS = ['future_return_30', 'future_return_60', 'future_return_90'] as const;

/** The columns of a sample row that research reads in addition to the scores. */
export type ResearchColumn =
  | 'rule_score_raw'
  | (typeof OBSERVED)[number]
  | (typeof RETURNS)[number];
export const RESEARCH_COLUMNS: readonly ResearchColumn[] = [
  'rule_score_raw',
  ...OBSERVED,
  ...RETURNS,
];

/** The inputs that all tracks share; computed once. */
export interface ResearchMarket extends Pick<Market, 'mode' | 'metadata'> {
  readonly panel: Panel;
  readonly sample: Sample;
  /** Per sample row, its symbol's position in the panel. */
  readonly symbolOfRow: Int32Array;
  readonly columns: Columns<ResearchColumn>;
  /** One per calendar date. */
  readonly regimes: readonly RegimeCall[];
}

/**
 * The stages of a live build, without its prefilter and over the whole history (METHOD §0,
 * research). Fails as {@link openMarket} does.
 */
export const prepareResearch = (input: MarketInput): E.Either<Failure, ResearchMarket> =>
  pipe(openMarket(input), E.map(prepare));

const prepare = (market: Market): ResearchMarket => {
  const { panel, features, universe } = computeStages(market.bars, market);
  const { members } = universe;
  const labels = computeLabels(panel, members);
  const facts = allocateColumns(RESEARCH_COLUMNS, members.rows.length);
  for (const name of OBSERVED) {
    column(facts, name).set(gather(column(features.byRow, name), members.rows));
  }
  for (const name of RETURNS) column(facts, name).set(gather(column(labels, name), members.rows));
  const rule = column(facts, 'rule_score_raw');
  const regimes: RegimeCall[] = [];
  for (const date of datesOf(wholeCalendar(panel))) {
    const scores = ruleScores(features.byRow, rowsOn(members, date), ACTIVE_SCHEME);
    rule.set(scores, members.offsets[date]);
    regimes.push(classifyRegime(regimeInputs(features.byDate, date)));
  }
  return {
    mode: market.mode,
    metadata: market.metadata,
    panel,
    sample: buildSample(panel, features, members, labels),
    symbolOfRow: symbolsOf(panel, members.rows),
    columns: facts,
    regimes,
  };
};

const symbolsOf = (panel: Panel, rows: Int32Array): Int32Array => {
  const symbolOf = new Int32Array(panel.dateOfRow.length);
  for (let s = 0; s < panel.symbols.length; s += 1) {
    symbolOf.fill(s, panel.offsets[s], panel.offsets[s + 1]);
  }
  return rows.map((row) => intAt(symbolOf, row));
};
