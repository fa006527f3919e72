// The deployed entry point. Its imports are loaded before a function can serve its first request,
// so the cloud clients are imported on the first event instead.
import './production.js';
import { htmlRenderer } from '../shared/report/html-renderer.js';
import { lazyAsync } from './lazy-async.js';
import { workerRanker } from './rank/ranker.js';
import { registerFunctions } from './register-functions.js';
import { workerScorer } from './shadow/worker-scorer.js';

registerFunctions(
  lazyAsync(async () => {
    const { openCloudEnvironment } = await import('../shared/gcp/environment.js');
    const cloud = await openCloudEnvironment({ env: process.env, clock: () => new Date() });
    return { ...cloud, ranker: workerRanker, scorer: workerScorer(), reporter: htmlRenderer };
  }),
);
