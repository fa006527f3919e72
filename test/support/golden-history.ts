import * as TE from 'fp-ts/lib/TaskEither.js';
import { utf8 } from '../../shared/codec/bytes.js';
import { parseIsoDay } from '../../shared/day.js';
import type { ReadTrackFile } from '../../shared/report/read-shadow.js';
import type {
  PoolEvaluation,
  PoolOutcome,
} from '../../shared/research/evaluation/pool-evaluation.js';
import { makeScorecard } from '../../shared/research/scorecard/scorecard.js';
import { encodeScorecard } from '../../shared/research/scorecard/scorecard-artifacts.js';
import {
  CHALLENGER_TOPK_60,
  OFFICIAL_BASELINE,
  type ShadowTrack,
} from '../../shared/research/tracks/shadow-tracks.js';
import { type CsvTable, parseCsvTable } from './csv-table.js';
import { getOrThrow } from './get-or-throw.js';
import { demoCase } from './golden-case.js';

const golden = demoCase('market-2026-03-13');
const TRACKS = [OFFICIAL_BASELINE, CHALLENGER_TOPK_60] as const;

/** The file of a golden track as text; read through its table, which keeps every cell. */
const textOf = (path: string): string => {
  const { header, size, text } = golden.table(`shadow/${path}`);
  const cell = (value: string): string => (value.includes(',') ? `"${value}"` : value);
  const rows = Array.from({ length: size }, (_, row) =>
    header.map((name) => cell(text(row, name))).join(','),
  );
  return `${[header.join(','), ...rows].join('\n')}\n`;
};

const outcomeOf = (table: CsvTable, row: number, horizon: 30 | 60 | 90): PoolOutcome => {
  const read = (name: string): number => table.number(row, `h${horizon}_${name}`);
  return {
    horizon,
    overlap: read('overlap_count'),
    precision: read('precision'),
    recall: read('recall'),
    leaderCapture: read('leader_capture'),
    averageFutureRank: read('avg_future_rank'),
    meanFutureReturn: read('pool_mean_future_return'),
  };
};

const shadowsOf = (track: ShadowTrack): readonly PoolEvaluation[] => {
  const table = parseCsvTable(textOf(`${track.id}/monthly_live_pool_shadow_detail.csv`));
  return Array.from({ length: table.size }, (_, row) => ({
    day: parseIsoDay(table.text(row, 'rebalance_date')),
    symbols: table.text(row, 'pool_symbols').split(','),
    stability: table.number(row, 'pool_stability'),
    churn: table.number(row, 'pool_churn'),
    outcomes: [30, 60, 90].map((horizon) => outcomeOf(table, row, horizon as 30 | 60 | 90)),
  }));
};

const scorecard = (): Uint8Array => {
  const [baseline, challenger] = TRACKS.map((track) => ({ track, pools: shadowsOf(track) }));
  if (baseline === undefined || challenger === undefined) throw new Error('two tracks are given');
  return getOrThrow(encodeScorecard(makeScorecard(baseline, [challenger])));
};

/**
 * The reference's three years of shadow history of the demo market, as a build of ours keeps it.
 */
export const goldenHistory: ReadTrackFile = (path) => {
  if (path === 'scorecard.json') return TE.right(scorecard());
  const [track = ''] = path.split('/');
  const exists = TRACKS.some(({ id }) => id === track) && golden.has(`shadow/${path}`);
  return TE.right(exists ? utf8(textOf(path)) : undefined);
};
