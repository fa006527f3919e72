import assert from 'node:assert/strict';
import { allocateColumns, column } from '../../../shared/ranking/column-table.js';
import { crossSections } from '../../../shared/ranking/cross-section.js';
import { FEATURES } from '../../../shared/ranking/features/names.js';
import { buildPanel } from '../../../shared/ranking/panel.js';
import { UNIVERSE_MODES } from '../../../shared/ranking/parameters.js';
import {
  RESEARCH_COLUMNS,
  type ResearchColumn,
  type ResearchMarket,
} from '../../../shared/research/prepare-research.js';
import {
  SCORE_COLUMNS,
  type ScoreColumn,
  type TrackScores,
} from '../../../shared/research/tracks/track-scores.js';
import { tradingPair } from '../../support/synthetic-bars.js';

/** Symbol → one number per day from Thursday, 1970-01-01, on; null where it has no bar. */
export type Opens = Readonly<Record<string, readonly (number | null)[]>>;

const series = (symbol: string, opens: readonly (number | null)[]) => {
  const days = [...opens.keys()].filter((day) => opens[day] !== null);
  const prices = Float64Array.from(days, (day) => opens[day] ?? Number.NaN);
  return {
    symbol,
    day: Int32Array.from(days),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume: prices,
    quoteVolume: prices,
  };
};

/** A market in which every symbol always belongs to the universe. */
export const handMadeMarket = (opens: Opens): ResearchMarket => {
  const panel = buildPanel(Object.entries(opens).map(([symbol, row]) => series(symbol, row)));
  const members = crossSections(panel, new Uint8Array(panel.dateOfRow.length).fill(1));
  const size = members.rows.length;
  const facts = allocateColumns(RESEARCH_COLUMNS, size);
  column(facts, 'vol20').fill(0.5);
  const [mode] = UNIVERSE_MODES;
  assert.ok(mode);
  return {
    mode,
    metadata: new Map(panel.symbols.map((symbol) => [symbol, tradingPair(symbol)])),
    panel,
    sample: {
      offsets: members.offsets,
      features: { rows: size, columns: FEATURES.length, values: new Float64Array(0) },
      targets: {
        blended_rank_pct: new Float64Array(size),
        future_topk_label_60: new Float64Array(size),
      },
    },
    symbolOfRow: members.rows.map((row) =>
      panel.offsets.findIndex((_, s) => row < (panel.offsets[s + 1] ?? 0)),
    ),
    columns: facts,
    regimes: Array.from(panel.calendar, () => ({ regime: 'late_momentum', confidence: 0.25 })),
  };
};

/** Symbol → one number per date. */
type Values = Readonly<Record<string, readonly number[]>>;

const fill = (market: ResearchMarket, target: Float64Array, values: Values): void => {
  const { panel, sample, symbolOfRow } = market;
  for (let date = 0; date < panel.calendar.length; date += 1) {
    for (let row = sample.offsets[date] ?? 0; row < (sample.offsets[date + 1] ?? 0); row += 1) {
      const symbol = panel.symbols[symbolOfRow[row] ?? -1] ?? '';
      target[row] = values[symbol]?.[date] ?? Number.NaN;
    }
  }
};

export const setFact = (market: ResearchMarket, fact: ResearchColumn, values: Values): void =>
  fill(market, column(market.columns, fact), values);

/** Scores with the given columns, per symbol and date; NaN elsewhere. */
export const handMadeScores = (
  market: ResearchMarket,
  columns: Readonly<Partial<Record<ScoreColumn, Values>>>,
): TrackScores => {
  const scores = allocateColumns(SCORE_COLUMNS, market.columns.rows);
  for (const name of SCORE_COLUMNS) fill(market, column(scores, name), columns[name] ?? {});
  return scores;
};

/** The same number on each of the days. */
export const always = (value: number, days: number): readonly number[] =>
  Array.from({ length: days }, () => value);
