import { Worker } from 'node:worker_threads';
import type * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, unexpected } from '../../shared/codec/failure.js';
import type { Ranker, RankingJob } from '../../shared/ranking/ranker.js';
import type { Ranking } from '../../shared/ranking/ranking.js';

type RankingResult = E.Either<Failure, Ranking>;
/** Messages from the worker. */
export type WorkerMessage =
  | { readonly kind: 'trees'; readonly done: number; readonly total: number }
  | { readonly kind: 'ranked'; readonly ranking: RankingResult };
type OnTreesTrained = (done: number, total: number) => void;

const runWorker = (job: RankingJob, onTreesTrained: OnTreesTrained): Promise<RankingResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: job });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'trees') onTreesTrained(message.done, message.total);
      else resolve(message.ranking);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the ranking worker exited with code ${code}`)));
  });

/** Ranks in a worker thread and reports at intervals how many trees are trained. */
export const rankerWithProgress = (onTreesTrained: OnTreesTrained): Ranker => ({
  rank: (job) =>
    pipe(
      TE.tryCatch(() => runWorker(job, onTreesTrained), unexpected),
      TE.chain(TE.fromEither),
    ),
});

/** Ranks in a worker thread, so that the event loop stays responsive. */
export const workerRanker: Ranker = rankerWithProgress(() => undefined);
