import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { workerScorer } from '../../functions/shadow/worker-scorer.js';
import type { WindowScorer } from '../../shared/ports/window-scorer.js';
import type { RunProgress } from './progress.js';

/** Scores in worker threads and says after every window how long the others will take. */
export const observedScorer = (
  { scored: tell }: Pick<RunProgress, 'scored'>,
  scorer: WindowScorer = workerScorer(),
): WindowScorer => ({
  ...scorer,
  score: (sample, jobs, scored) => {
    const start = performance.now();
    const total = jobs.length;
    let done = 0;
    return scorer.score(sample, jobs, (scores) =>
      pipe(
        scored(scores),
        TE.chainFirstIOK(() => () => {
          done += 1;
          const passed = performance.now() - start;
          tell({ done, total, millisecondsLeft: (passed / done) * (total - done) });
        }),
      ),
    );
  },
});
