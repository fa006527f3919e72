// The deployed entry point. What it imports is loaded before a function can answer at all, so the
// cloud clients come with the first event instead.
import './production.js';
import { pageReporter } from '../shared/report/reporter.js';
import { workerRanker } from './rank/ranker.js';
import { registerFunctions } from './register.js';
import { workerScorer } from './shadow/worker-scorer.js';
import { startOnce } from './start-once.js';

registerFunctions(
  startOnce(async () => {
    const { openCloudEnvironment } = await import('../shared/gcp/environment.js');
    const cloud = await openCloudEnvironment({ env: process.env, clock: () => new Date() });
    return { ...cloud, ranker: workerRanker, scorer: workerScorer(), reporter: pageReporter };
  }),
);
