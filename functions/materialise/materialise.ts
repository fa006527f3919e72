import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../../shared/codec/bytes.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { gateOptions, type PipelineConfig } from '../../shared/config.js';
import { buildRelease } from '../../shared/contract/build-release.js';
import { validateRelease } from '../../shared/contract/gate/gate.js';
import { verdictToEither } from '../../shared/contract/gate/problem.js';
import type { Release } from '../../shared/contract/release.js';
import { dayOf } from '../../shared/day.js';
import { RankingEvidence } from '../../shared/evidence/ranking.js';
import { makeMessage } from '../../shared/messages/envelope.js';
import type { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { releaseKey, scratchPrefix } from '../../shared/object-keys.js';
import { manifestReference, readReference } from '../../shared/releases/read-referenced-object.js';
import { writeRelease } from '../../shared/releases/write-release.js';
import type { Step, StepResult } from '../environment.js';
import { writeExplanation } from './explanation.js';
import { writeModelRun } from './model-run.js';
import { writeReport } from './report.js';

/** The message and the ranking must have the same day and mode. */
const requireSameRun = (
  { as_of_date, mode }: PoolRanked['payload'],
  ranking: RankingEvidence,
): E.Either<Failure, RankingEvidence> =>
  ranking.as_of_date === as_of_date && ranking.mode === mode
    ? E.right(ranking)
    : E.left(
        permanent(
          'malformed-input',
          `ranking: expected ${as_of_date} in ${mode}, got ${ranking.as_of_date} in ${ranking.mode}`,
        ),
      );

const releaseOf = (
  { payload, occurred_at }: PoolRanked,
  ranking: RankingEvidence,
  config: PipelineConfig,
): E.Either<Failure, Release> =>
  buildRelease({
    asOfDate: payload.as_of_date,
    mode: payload.mode,
    sourceProject: config.sourceProject,
    generatedAt: occurred_at,
    sourceRevision: config.sourceRevision,
    contract: config.contract,
    selectionMeta: config.selectionMeta,
    universe: ranking.universe.map(({ symbol }) => symbol),
    ranking: ranking.universe.map((row) => ({
      symbol: row.symbol,
      rule_score: row.rule.normalised,
      linear_score: row.linear.normalised,
      ml_score: row.tree.normalised,
      final_score: row.final_score,
      confidence: row.confidence,
      regime: ranking.regime,
    })),
    pool: ranking.universe
      .filter(({ selected }) => selected)
      .map(({ symbol, base_asset }) => ({ symbol, baseAsset: base_asset })),
  });

/**
 * Writes the release, manifest last. A dry run writes it under `scratch/` and ends here, so it runs
 * the whole release gate. A real run passes the gate at promotion, where the age rule belongs.
 */
export const materialise: Step<PoolRanked> =
  ({ message }) =>
  (environment) => {
    const { config, objects, clock } = environment;
    const { payload, run_id } = message;
    const { version, dry_run, allow_stale } = payload;
    const prefix = `${scratchPrefix({ run_id, dry_run })}${releaseKey(version, '')}`;
    return pipe(
      readReference(objects, config, 'ranking', payload.ranking),
      TE.chainEitherK(readJson(RankingEvidence, 'ranking')),
      TE.chainEitherK((ranking) => requireSameRun(payload, ranking)),
      TE.bindTo('ranking'),
      TE.bind('written', ({ ranking }) =>
        pipe(
          TE.fromEither(releaseOf(message, ranking, config)),
          TE.chain((release) => writeRelease(objects, prefix, release)),
        ),
      ),
      TE.bind('modelRun', ({ ranking }) => writeModelRun({ objects, config }, message, ranking)),
      TE.chainFirst(({ ranking, modelRun }) =>
        writeExplanation({ objects, config }, message, ranking, modelRun),
      ),
      TE.bind('report', ({ ranking, modelRun, written: { release } }) =>
        writeReport(environment, message, { release, ranking, modelRun }),
      ),
      TE.chainFirstEitherK(({ written }) =>
        dry_run
          ? verdictToEither(
              validateRelease(written.release.files, {
                ...gateOptions(config, version),
                today: dayOf(clock()),
                allowStale: allow_stale,
              }),
            )
          : E.right(undefined),
      ),
      TE.map(({ written: { outcome, release }, report }): StepResult => {
        if (dry_run) return { outcome: 'dry_run', run_id, version };
        const { snapshot: _snapshot, ranking: _ranking, ...fields } = payload;
        const announced = {
          ...fields,
          symbols: release.livePool.symbols,
          manifest: manifestReference(config, release),
        };
        return {
          outcome,
          run_id,
          version,
          outgoing: makeMessage(
            'release-materialised',
            message,
            { ...announced, ...(report === undefined ? {} : { report }) },
            // The event id ignores the report, which is optional and derived from the release.
            { run_id, payload: announced },
          ),
        };
      }),
    );
  };
