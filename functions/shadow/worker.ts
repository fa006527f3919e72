import { parentPort, workerData } from 'node:worker_threads';
import { treeModel } from '../../shared/ranking/tree-model.js';
import type { Sample } from '../../shared/research/sample.js';
import { scoreWindow } from '../../shared/research/walk-forward/score-window.js';
import type { WindowJob } from '../../shared/research/walk-forward/window-scorer.js';

// The worker of workerScorer: receives the sample once, then scores one window at a time.
const sample: Sample = workerData;
parentPort?.on('message', ({ window, target }: WindowJob) => {
  const scores = scoreWindow(sample, window, target, treeModel);
  parentPort?.postMessage(scores);
});
