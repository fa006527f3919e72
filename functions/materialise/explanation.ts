import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { encodeJson, readJson } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import { EXPLANATION_FILE, MODEL_RUN_FILE } from '../../shared/evidence/evidence-files.js';
import { Explanation } from '../../shared/evidence/explanation.js';
import { ModelRun } from '../../shared/evidence/model-run.js';
import { RankingEvidence } from '../../shared/evidence/ranking.js';
import { explain } from '../../shared/explanation/explain.js';
import type { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { evidenceKey, scratchPrefix } from '../../shared/object-keys.js';
import { CONTENT_TYPES, type WriteOnceResult, writeOnce } from '../../shared/ports/write-once.js';
import { readReference } from '../../shared/releases/read-referenced-object.js';
import type { Environment } from '../environment.js';

type ExplanationPorts = Pick<Environment, 'objects' | 'config'>;

/** The ranking behind the stored release: the current one, unless another run wrote first. */
const rankingOfRelease = (
  { objects, config }: ExplanationPorts,
  currentRanking: RankingEvidence,
  modelRun: WriteOnceResult,
): TE.TaskEither<Failure, RankingEvidence> =>
  modelRun.outcome !== 'different'
    ? TE.right(currentRanking)
    : pipe(
        TE.fromEither(readJson(ModelRun, MODEL_RUN_FILE)(modelRun.stored)),
        TE.chain(({ ranking }) => readReference(objects, config, 'ranking', ranking)),
        TE.chainEitherK(readJson(RankingEvidence, 'ranking')),
      );

/**
 * Writes `evidence/<version>/explanation.json` for the ranking that the stored model run names. An
 * earlier run may have written its model run without an explanation, because it crashed or because
 * its producer predates explanations. The explanation is derived from the ranking, so a permanent
 * failure to write it does not block the release.
 */
export const writeExplanation = (
  ports: ExplanationPorts,
  { payload: { version, dry_run }, run_id }: PoolRanked,
  ranking: RankingEvidence,
  modelRun: WriteOnceResult,
): TE.TaskEither<Failure, undefined> => {
  const key = `${scratchPrefix({ run_id, dry_run })}${evidenceKey(version, EXPLANATION_FILE)}`;
  const write = pipe(
    rankingOfRelease(ports, ranking, modelRun),
    TE.chainEitherK((source) => encodeJson(Explanation, EXPLANATION_FILE)(explain(source))),
    TE.chain((bytes) => writeOnce(ports.objects, key, bytes, CONTENT_TYPES.json)),
    TE.map(() => undefined),
  );
  return pipe(
    ports.objects.head(key),
    TE.chain((found) => (O.isSome(found) ? TE.right(undefined) : write)),
    TE.orElse((failure) => (failure.kind === 'permanent' ? TE.right(undefined) : TE.left(failure))),
  );
};
