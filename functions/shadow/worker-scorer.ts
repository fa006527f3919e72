import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type Failure, unexpected } from '../../shared/codec/failure.js';
import { treeModel } from '../../shared/ranking/tree-model.js';
import type { Sample } from '../../shared/research/sample.js';
import type { WindowScores } from '../../shared/research/walk-forward/score-window.js';
import type { WindowJob, WindowScorer } from '../../shared/research/walk-forward/window-scorer.js';

const scoreInWorker = (worker: Worker, job: WindowJob): Promise<WindowScores> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number) => reject(new Error(`a scoring worker exited with code ${code}`));
    worker.once('message', (scores: WindowScores) => {
      worker.off('error', reject).off('exit', onExit);
      resolve(scores);
    });
    worker.once('error', reject).once('exit', onExit);
    worker.postMessage(job);
  });

/** Each worker takes the next job when it finishes one, until no job is left. */
const runJobs = async (
  workers: readonly Worker[],
  jobs: readonly WindowJob[],
  scored: (scores: WindowScores) => TaskEither<Failure, unknown>,
): Promise<E.Either<Failure, void>> => {
  const waiting = [...jobs];
  const handedOver: Promise<void>[] = [];
  let failure: Failure | undefined;
  const handOver = async (scores: WindowScores): Promise<void> => {
    const result = await scored(scores)();
    if (E.isLeft(result)) failure ??= result.left;
  };
  await Promise.all(
    workers.map(async (worker) => {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
        // Not awaited: the workers are the bottleneck, not the store.
        handedOver.push(handOver(await scoreInWorker(worker, job)));
        if (failure !== undefined) return;
      }
    }),
  );
  await Promise.all(handedOver);
  return failure === undefined ? E.right(undefined) : E.left(failure);
};

/**
 * Scores in worker threads, by default one per core, which are terminated after the last job. A
 * sample in shared memory is not copied to them.
 */
export const workerScorer = (threads: number = availableParallelism()): WindowScorer => ({
  model: treeModel.backend,
  score: (sample: Sample, jobs, scored) => async () => {
    const workers = Array.from(
      { length: Math.min(threads, jobs.length) },
      () => new Worker(new URL('./worker.js', import.meta.url), { workerData: sample }),
    );
    try {
      return await runJobs(workers, jobs, scored);
    } catch (error) {
      return E.left(unexpected(error));
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  },
});
