import { Worker } from 'node:worker_threads';
import type * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, unexpected } from '../../shared/codec/failure.js';
import type { Ranker, RankingJob } from '../../shared/ranking/ranker.js';
import type { Ranking } from '../../shared/ranking/ranking.js';
import { rankSnapshot } from './rank-snapshot.js';

/** Computes in the calling thread; for tests and for processes that have nothing else to do. */
export const inProcessRanker: Ranker = {
  rank: (job) => TE.fromEither(rankSnapshot(job)),
};

type RankingResult = E.Either<Failure, Ranking>;
/** What the worker says. */
export type WorkerMessage =
  | { readonly kind: 'trees'; readonly done: number; readonly total: number }
  | { readonly kind: 'ranked'; readonly ranking: RankingResult };
type TreesGrown = (done: number, total: number) => void;

const answerOf = (job: RankingJob, onTreesTrained: TreesGrown): Promise<RankingResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: job });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'trees') onTreesTrained(message.done, message.total);
      else resolve(message.ranking);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the ranking worker ended with code ${code}`)));
  });

/** Computes in a worker thread, and says now and then how many trees have grown. */
export const rankerWithProgress = (onTreesTrained: TreesGrown): Ranker => ({
  rank: (job) =>
    pipe(
      TE.tryCatch(() => answerOf(job, onTreesTrained), unexpected),
      TE.chain(TE.fromEither),
    ),
});

/** Computes in a worker thread of its own, so that the event loop stays alive meanwhile. */
export const workerRanker: Ranker = rankerWithProgress(() => undefined);
