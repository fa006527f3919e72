import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../shared/codec/failure.js';
import { openSnapshot } from '../../shared/market-data/snapshot.js';
import type { TreeModel } from '../../shared/ranking/live-build.js';
import { rankLive } from '../../shared/ranking/live-build.js';
import type { RankingJob } from '../../shared/ranking/ranker.js';
import type { Ranking } from '../../shared/ranking/ranking.js';
import { treeModel } from '../../shared/ranking/tree-model.js';

/** Ranks a sealed snapshot. Pure: the same job always gives the same ranking. */
export const rankSnapshot = (
  { manifest, bars, mode, poolSize }: RankingJob,
  tree: TreeModel = treeModel,
): E.Either<Failure, Ranking> =>
  pipe(
    openSnapshot(manifest, bars),
    E.chain((snapshot) =>
      rankLive(
        {
          bars: snapshot.series,
          metadata: snapshot.metadata,
          previousPool: snapshot.previousPool,
          asOf: snapshot.range.last,
          mode,
          poolSize,
        },
        tree,
      ),
    ),
  );
