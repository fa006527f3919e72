import { ARTIFACT_FILE } from '../../../shared/contract/constants.js';
import { readRanking } from '../../../shared/contract/parse-ranking.js';
import type { Release } from '../../../shared/contract/release.js';
import { plainTable } from '../table.js';
import type { RunAnswer } from './run-answer.js';

const score = (value: number | null | undefined): string => value?.toFixed(3) ?? '–';

const poolTable = (release: Release): string => {
  const content = new TextDecoder().decode(release.files[ARTIFACT_FILE.latest_ranking]);
  const { rows } = readRanking(content);
  const table = plainTable({
    head: ['rank', 'symbol', 'final', 'confidence', 'rule', 'linear', 'ml'],
    colAligns: ['right', 'left', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const row of (rows ?? []).filter(({ selected_flag }) => selected_flag))
    table.push([
      row.current_rank,
      row.symbol,
      score(row.final_score),
      score(row.confidence),
      score(row.rule_score),
      score(row.linear_score),
      score(row.ml_score),
    ]);
  return table.toString();
};

const headline: Readonly<Record<RunAnswer['outcome'], (answer: RunAnswer) => string>> = {
  published: ({ version, promotion_seq }) => `Published ${version} as promotion ${promotion_seq}.`,
  already_done: ({ version, promotion_seq }) =>
    `${version} was published before as promotion ${promotion_seq}; nothing has changed.`,
  dry_run: ({ version }) => `Dry run of ${version}: nothing was promoted.`,
  superseded: ({ version }) =>
    `${version} was not promoted: a later decision stands. See live-pool status.`,
  requested: ({ version, run_id }) => `Asked for ${version}, run ${run_id}.`,
};

/** Where things lie, by the word that introduces them; in this order. */
export type Whereabouts = Readonly<Record<string, string>>;

/** The month on one screen: the pool, and where everything lies. */
export const runText = (
  answer: RunAnswer,
  release: Release | undefined,
  whereabouts: Whereabouts,
): string =>
  [
    headline[answer.outcome](answer),
    ...(release === undefined ? [] : [poolTable(release)]),
    ...Object.entries(whereabouts).map(([what, where]) => `${what.padEnd(12)}${where}`),
  ].join('\n');
