import { completeLiveBuild } from '../../../shared/ranking/live-build.js';
import { type PreparedBuild, prepareLiveBuild } from '../../../shared/ranking/prepare-build.js';
import type { Ranking } from '../../../shared/ranking/ranking.js';
import { treeModel } from '../../../shared/ranking/tree-model.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { type GoldenCase, readMarket } from '../../support/golden-case.js';

/** One case, run by us: the stages' numbers and the final ranking. */
export interface ParityRun {
  readonly golden: GoldenCase;
  readonly build: PreparedBuild;
  readonly ranking: Ranking;
}

export const runCase = async (golden: GoldenCase): Promise<ParityRun> => {
  const build = getOrThrow(
    prepareLiveBuild({
      ...(await readMarket(golden)),
      previousPool: [],
      asOf: golden.asOf,
      mode: 'core_major',
      poolSize: 5,
    }),
  );
  if (build.data === undefined) throw new Error(`${golden.name} has too few rows to fit models`);
  const { training, scoring } = build.data;
  const scores = treeModel.fit(training)(scoring);
  return {
    golden,
    build,
    ranking: completeLiveBuild(build, { backend: treeModel.backend, scores }),
  };
};
