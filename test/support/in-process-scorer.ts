import * as E from 'fp-ts/lib/Either.js';
import type { TreeModel } from '../../shared/ranking/live-build.js';
import { treeModel } from '../../shared/ranking/tree-model.js';
import { scoreWindow } from '../../shared/research/walk-forward/score-window.js';
import type { WindowScorer } from '../../shared/research/walk-forward/window-scorer.js';

/** Scores in the calling thread, one window at a time. */
export const inProcessScorer = (tree: TreeModel = treeModel): WindowScorer => ({
  model: tree.backend,
  score: (sample, jobs, scored) => async () => {
    for (const { window, target } of jobs) {
      const stored = await scored(scoreWindow(sample, window, target, tree))();
      if (E.isLeft(stored)) return stored;
    }
    return E.right(undefined);
  },
});
