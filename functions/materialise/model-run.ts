import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { encodeJson } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import { MODEL_RUN_FILE } from '../../shared/evidence/evidence-files.js';
import { ModelRun } from '../../shared/evidence/model-run.js';
import type { RankingEvidence } from '../../shared/evidence/ranking.js';
import type { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { evidenceKey, scratchPrefix } from '../../shared/object-keys.js';
import { CONTENT_TYPES, type WriteOnceResult, writeOnce } from '../../shared/ports/write-once.js';
import type { Environment } from '../environment.js';

/**
 * Writes the model run of a complete release. An existing model run is kept, because it describes
 * how the stored release was made, even if another producer has just made the same release again.
 */
export const writeModelRun = (
  { objects, config }: Pick<Environment, 'objects' | 'config'>,
  { payload, run_id }: PoolRanked,
  { model }: RankingEvidence,
): TE.TaskEither<Failure, WriteOnceResult> => {
  const { version, as_of_date, mode, snapshot, ranking, dry_run } = payload;
  const key = `${scratchPrefix({ run_id, dry_run })}${evidenceKey(version, MODEL_RUN_FILE)}`;
  return pipe(
    encodeJson(
      ModelRun,
      MODEL_RUN_FILE,
    )({
      schema_version: 1,
      version,
      as_of_date,
      mode,
      pool_size: config.poolSize,
      snapshot,
      ranking,
      source_revision: config.sourceRevision ?? null,
      model,
    }),
    TE.fromEither,
    TE.chain((bytes) => writeOnce(objects, key, bytes, CONTENT_TYPES.json)),
  );
};
