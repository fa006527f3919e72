import { join } from 'node:path';
import type { PipelineConfig } from '../../../shared/config.js';
import { ARTIFACT_FILE } from '../../../shared/contract/constants.js';
import { readRanking } from '../../../shared/contract/parse-ranking.js';
import type { Release } from '../../../shared/contract/release.js';
import type { Context } from '../context.js';
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
};

/** The month on one screen: the pool, and where everything lies. */
export const runText = (
  answer: RunAnswer,
  release: Release,
  config: PipelineConfig,
  { state }: Context,
): string => {
  const bucket = state.objects(config.bucket, config.rootPrefix);
  const kept = answer.outcome === 'dry_run' ? join('scratch', answer.run_id) : '';
  const document = join(
    state.documents,
    config.firestoreCollection,
    `${config.firestoreDocument}.json`,
  );
  return [
    headline[answer.outcome](answer),
    poolTable(release),
    `artifacts   ${state.output}`,
    `release     ${join(bucket, kept, 'releases', answer.version)}`,
    ...(answer.outcome === 'dry_run'
      ? []
      : [`current     ${join(bucket, 'current')}`, `document    ${document}`]),
    `messages    ${join(bucket, 'events')}`,
  ].join('\n');
};
