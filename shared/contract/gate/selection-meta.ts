import { ARTIFACT_FILE } from '../constants.js';
import { RankingRow } from '../latest-ranking.js';
import { fieldDifferences } from './field-differences.js';
import type { Problem } from './problem.js';
import type { ReleaseParts } from './release-parts.js';

/** `selection_meta`, if present, has the ranking's numbers for exactly the pool. */
export const selectionMetaProblems = ({
  livePool,
  legacy,
  ranking,
}: ReleaseParts): readonly Problem[] => {
  if (!ranking?.every(RankingRow.is)) return [];
  const expected = Object.fromEntries(
    ranking
      .filter((row) => row.selected_flag)
      .map(({ symbol, final_score, confidence, current_rank }) => [
        symbol,
        { final_score, confidence, current_rank },
      ]),
  );
  return (
    [
      [ARTIFACT_FILE.live_pool, livePool.selection_meta],
      [ARTIFACT_FILE.live_pool_legacy, legacy.selection_meta],
    ] as const
  ).flatMap(([file, meta]) =>
    meta === undefined
      ? []
      : fieldDifferences(
          'disagreement',
          file,
          { selection_meta: expected },
          { selection_meta: meta },
        ),
  );
};
