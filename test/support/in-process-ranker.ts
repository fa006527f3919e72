import * as TE from 'fp-ts/lib/TaskEither.js';
import { rankSnapshot } from '../../functions/rank/rank-snapshot.js';
import type { Ranker } from '../../shared/ranking/ranker.js';

/** Ranks in the calling thread. */
export const inProcessRanker: Ranker = {
  rank: (job) => TE.fromEither(rankSnapshot(job)),
};
