import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../codec/failure.js';
import { explainCandidates } from './explain-candidates.js';
import { modelEvidence } from './model-evidence.js';
import { fitRidge, predictRidge } from './models/ridge.js';
import type { FitModel } from './models/training-data.js';
import { BENCHMARK, REGIME_WEIGHTS } from './parameters.js';
import { type LiveBuildInput, type PreparedBuild, prepareLiveBuild } from './prepare-build.js';
import { priceHistory } from './price-history.js';
import { rankRows } from './rank-rows.js';
import type { Ranking } from './ranking.js';
import { availableInputs, classifyRegime, regimeInputs } from './regime.js';
import { regimeHistory } from './regime-history.js';
import { dailyChecks, relaxedChecks } from './universe/checks.js';
import { leveragedRuleDifferences } from './universe/leveraged.js';

/** A tree model with its name in the evidence. */
export interface TreeModel {
  readonly backend: string;
  readonly fit: FitModel;
}

/** The scores of a tree model for the rows of `PreparedBuild.data.scoring`. */
export interface TreeScores {
  readonly backend: string;
  readonly scores: Float64Array;
}

/**
 * Ranks the universe of the as-of day (METHOD §0, live build). Pure and synchronous. Without a
 * tree model its component is missing and the blend uses the others.
 *
 * Fails with `configuration` for an unknown mode, with `upstream-incomplete` if the benchmark has
 * no bar on the as-of day.
 */
export const rankLive = (input: LiveBuildInput, tree?: TreeModel): E.Either<Failure, Ranking> =>
  pipe(
    prepareLiveBuild(input),
    E.map((build) => completeLiveBuild(build, tree && scoreWith(tree, build))),
  );

const scoreWith = (tree: TreeModel, { data }: PreparedBuild): TreeScores | undefined =>
  data && { backend: tree.backend, scores: tree.fit(data.training)(data.scoring) };

/**
 * The second half of {@link rankLive}: regime, rules, ridge, blend and order of the as-of day.
 * Golden tests and the bench call it with the trees' scores, to compare and to measure each half.
 */
export const completeLiveBuild = (build: PreparedBuild, tree?: TreeScores): Ranking => {
  const { input, mode, data, panel, features, asOfPosition } = build;
  const inputs = regimeInputs(features.byDate, asOfPosition);
  const { regime, confidence } = classifyRegime(inputs);
  const weights = REGIME_WEIGHTS[regime];
  const linear = data && linearScores(data);
  const rows = rankRows(build, { linear: linear?.scores, tree: tree?.scores }, weights);
  return {
    asOf: input.asOf,
    mode: mode.name,
    regime,
    regimeConfidence: confidence,
    regimeInputs: availableInputs(inputs),
    regimeHistory: regimeHistory(panel, features.byDate, asOfPosition),
    priceHistory: priceHistory(panel, asOfPosition, [
      ...rows.filter(({ selected }) => selected).map(({ symbol }) => symbol),
      BENCHMARK,
    ]),
    previousPool: [...input.previousPool],
    weights,
    rows,
    candidates: explainCandidates(build),
    thresholds: { daily: dailyChecks(mode), prefilter: relaxedChecks(mode) },
    model: modelEvidence(build, linear?.model, tree?.backend, rows),
    leveragedRuleDifferences: leveragedRuleDifferences([...build.metadata.values()]),
  };
};

const linearScores = ({ training, scoring }: NonNullable<PreparedBuild['data']>) => {
  const model = fitRidge(training);
  return { model, scores: predictRidge(model, scoring) };
};
