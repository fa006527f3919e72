import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { workerScorer } from '../../../functions/shadow/worker-scorer.js';
import type { WindowScorer } from '../../../shared/research/walk-forward/window-scorer.js';
import type { ProgressListener } from '../terminal/progress.js';

/** Scores in worker threads and tells how many windows are done, from none to all. */
export const scorerWithProgress = (
  { progressed }: Pick<ProgressListener, 'progressed'>,
  scorer: WindowScorer = workerScorer(),
): WindowScorer => ({
  ...scorer,
  score: (sample, jobs, scored) => {
    const total = jobs.length;
    let done = 0;
    const tell = (): void => progressed({ what: 'windows', done, total });
    if (total > 0) tell();
    return scorer.score(sample, jobs, (scores) =>
      pipe(
        scored(scores),
        TE.chainFirstIOK(() => () => {
          done += 1;
          tell();
        }),
      ),
    );
  },
});
