import { parentPort, workerData } from 'node:worker_threads';
import type { WindowJob } from '../../shared/ports/window-scorer.js';
import { treeModel } from '../../shared/ranking/tree-model.js';
import type { Sample } from '../../shared/research/sample.js';
import { scoreWindow } from '../../shared/research/score-window.js';

// The other side of workerScorer: the sample once, then one window after the other.
const sample: Sample = workerData;
parentPort?.on('message', ({ window, target }: WindowJob) => {
  const scores = scoreWindow(sample, window, target, treeModel);
  parentPort?.postMessage(scores);
});
