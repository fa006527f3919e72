import { parentPort, workerData } from 'node:worker_threads';
import type { RankingJob } from '../../shared/ranking/ranker.js';
import { treeModelWithProgress } from '../../shared/ranking/tree-model.js';
import { rankSnapshot } from './rank-snapshot.js';
import type { WorkerMessage } from './ranker.js';

const EVERY = 10;
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);

// The other side of workerRanker: one job in, one answer out, and now and then how far it has come.
const job: RankingJob = workerData;
const tree = treeModelWithProgress((done, total) => {
  if (done % EVERY === 0) post({ kind: 'trees', done, total });
});
post({ kind: 'ranked', ranking: rankSnapshot(job, tree) });
