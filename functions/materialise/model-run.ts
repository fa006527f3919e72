import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { encodeJson } from '../../shared/codec/bytes.js';
import { exactObject } from '../../shared/codec/exact-object.js';
import type { Failure } from '../../shared/codec/failure.js';
import {
  AsOfDate,
  Mode,
  PositiveInteger,
  Revision,
  Version,
} from '../../shared/codec/primitives.js';
import type { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { ObjectReference } from '../../shared/messages/run-fields.js';
import { evidenceKey, scratchPrefix } from '../../shared/object-keys.js';
import { CONTENT_TYPES, type WriteOnceResult, writeOnce } from '../../shared/ports/write-once.js';
import { ModelEvidence, type RankingEvidence } from '../../shared/ranking/ranking-evidence.js';
import type { Environment } from '../environment.js';

const FILE = 'model_run.json';

/** `evidence/<version>/model_run.json`: inputs, source revision and results of the models. */
export const ModelRun = exactObject('ModelRun', {
  schema_version: t.literal(1),
  version: Version,
  as_of_date: AsOfDate,
  mode: Mode,
  pool_size: PositiveInteger,
  /** Ranking this snapshot again gives the ranking below, bit for bit. */
  snapshot: ObjectReference,
  ranking: ObjectReference,
  source_revision: t.union([Revision, t.null], 'Revision or null'),
  model: ModelEvidence,
});
export type ModelRun = t.TypeOf<typeof ModelRun>;

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
  const key = `${scratchPrefix({ run_id, dry_run })}${evidenceKey(version, FILE)}`;
  return pipe(
    encodeJson(
      ModelRun,
      FILE,
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
