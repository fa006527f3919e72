import { parentPort, workerData } from 'node:worker_threads';
import type { RankingJob } from '../../shared/ports/ranker.js';
import { rankSnapshot } from './rank-snapshot.js';

// The other side of workerRanker: one job in, one answer out.
const job: RankingJob = workerData;
parentPort?.postMessage(rankSnapshot(job));
