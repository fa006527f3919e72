import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { encodeJson, readJson } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import { explain } from '../../shared/explanation/explain.js';
import { Explanation } from '../../shared/explanation/explanation.js';
import type { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { evidenceKey, scratchPrefix } from '../../shared/object-keys.js';
import { CONTENT_TYPES, type WriteOnceResult, writeOnce } from '../../shared/ports/write-once.js';
import { RankingEvidence } from '../../shared/ranking/ranking-evidence.js';
import { readReference } from '../../shared/releases/read-referenced-object.js';
import type { Environment } from '../environment.js';
import { ModelRun } from './model-run.js';

const FILE = 'explanation.json';

type ExplanationPorts = Pick<Environment, 'objects' | 'config'>;

/** The ranking that the stored release was made from: ours, unless another run's stands there. */
const rankingOfRelease = (
  { objects, config }: ExplanationPorts,
  ours: RankingEvidence,
  modelRun: WriteOnceResult,
): TE.TaskEither<Failure, RankingEvidence> =>
  modelRun.outcome !== 'different'
    ? TE.right(ours)
    : pipe(
        TE.fromEither(readJson(ModelRun, 'model_run.json')(modelRun.stored)),
        TE.chain(({ ranking }) => readReference(objects, config, 'ranking', ranking)),
        TE.chainEitherK(readJson(RankingEvidence, 'ranking')),
      );

/**
 * Keeps `evidence/<version>/explanation.json` beside the model run, and about the same ranking: an
 * earlier run may have left a model run of its own, from before an explanation was written, or
 * just before it died. It says nothing that the ranking does not, so what can never be written
 * does not stand in a release's way.
 */
export const writeExplanation = (
  stores: ExplanationPorts,
  { payload: { version, dry_run }, run_id }: PoolRanked,
  ranking: RankingEvidence,
  modelRun: WriteOnceResult,
): TE.TaskEither<Failure, undefined> => {
  const key = `${scratchPrefix({ run_id, dry_run })}${evidenceKey(version, FILE)}`;
  const write = pipe(
    rankingOfRelease(stores, ranking, modelRun),
    TE.chainEitherK((source) => encodeJson(Explanation, FILE)(explain(source))),
    TE.chain((bytes) => writeOnce(stores.objects, key, bytes, CONTENT_TYPES.json)),
    TE.map(() => undefined),
  );
  return pipe(
    stores.objects.head(key),
    TE.chain((found) => (O.isSome(found) ? TE.right(undefined) : write)),
    TE.orElse((failure) => (failure.kind === 'permanent' ? TE.right(undefined) : TE.left(failure))),
  );
};
