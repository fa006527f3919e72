import { completeLiveBuild } from '../../../shared/ranking/live-build.js';
import { symbolOf } from '../../../shared/ranking/panel.js';
import { type PreparedBuild, prepareLiveBuild } from '../../../shared/ranking/prepare-build.js';
import type { Ranking } from '../../../shared/ranking/ranking.js';
import { type GoldenCase, readMarket } from '../../support/golden-case.js';
import { right } from '../../support/right.js';

/** One case, run by us: the stages' numbers and the final ranking. */
export interface ParityRun {
  readonly golden: GoldenCase;
  readonly build: PreparedBuild;
  /** With the reference's own tree scores in the place of a tree model. */
  readonly ranking: Ranking;
}

export const runCase = async (golden: GoldenCase): Promise<ParityRun> => {
  const build = right(
    prepareLiveBuild({
      ...(await readMarket(golden)),
      previousPool: [],
      asOf: golden.asOf,
      mode: 'core_major',
      poolSize: 5,
    }),
  );
  const scores = golden.table('scores_asof.csv');
  const treeScores = new Map<string, number>();
  for (let row = 0; row < scores.size; row += 1) {
    treeScores.set(scores.text(row, 'symbol'), scores.number(row, 'ml_score_raw'));
  }
  const tree = Float64Array.from(
    build.scoringRows,
    (row) => treeScores.get(symbolOf(build.panel, row)) ?? Number.NaN,
  );
  return {
    golden,
    build,
    ranking: completeLiveBuild(build, { backend: 'reference', scores: tree }),
  };
};
