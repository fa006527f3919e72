import { ARTIFACT_FILE } from '../../../shared/contract/constants.js';
import { readRanking } from '../../../shared/contract/parse-ranking.js';
import type { Release } from '../../../shared/contract/release.js';
import { plainTable } from '../terminal/table.js';
import { scoreText } from './format.js';

/** The members of a release in rank order, with their scores. */
export const poolTable = (release: Release): string => {
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
      scoreText(row.final_score),
      scoreText(row.confidence),
      scoreText(row.rule_score),
      scoreText(row.linear_score),
      scoreText(row.ml_score),
    ]);
  return table.toString();
};
