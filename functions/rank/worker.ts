import { parentPort, workerData } from 'node:worker_threads';
import type { RankingJob } from '../../shared/ranking/ranker.js';
import { treeModelWithProgress } from '../../shared/ranking/tree-model.js';
import { rankSnapshot } from './rank-snapshot.js';
import type { WorkerMessage } from './ranker.js';

const PROGRESS_INTERVAL = 10;
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

// The worker of workerRanker: receives one job, posts its progress and one result.
const job: RankingJob = workerData;
const tree = treeModelWithProgress((done, total) => {
  if (done % PROGRESS_INTERVAL === 0) post({ kind: 'trees', done, total });
});
post({ kind: 'ranked', ranking: rankSnapshot(job, tree) });
