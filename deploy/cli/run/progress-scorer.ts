import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { workerScorer } from '../../../functions/shadow/worker-scorer.js';
import type { WindowScorer } from '../../../shared/research/walk-forward/window-scorer.js';
import type { ProgressListener } from '../terminal/progress.js';

/** Scores in worker threads and reports the number of scored windows, from 0 to all. */
export const scorerWithProgress = (
  { progressed }: Pick<ProgressListener, 'progressed'>,
  scorer: WindowScorer = workerScorer(),
): WindowScorer => ({
  ...scorer,
  score: (sample, jobs, scored) => {
    const total = jobs.length;
    let done = 0;
    const report = (): void => progressed({ what: 'windows', done, total });
    if (total > 0) report();
    return scorer.score(sample, jobs, (scores) =>
      pipe(
        scored(scores),
        TE.chainFirstIOK(() => () => {
          done += 1;
          report();
        }),
      ),
    );
  },
});
