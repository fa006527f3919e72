import { parentPort, workerData } from 'node:worker_threads';
import type { RankingJob } from '../../shared/ranking/ranker.js';
import { observedTreeModel } from '../../shared/ranking/tree-model.js';
import { rankSnapshot } from './rank-snapshot.js';
import type { RankingMessage } from './ranker.js';

const EVERY = 10;
const say = (message: RankingMessage): void => parentPort?.postMessage(message);

// The other side of workerRanker: one job in, one answer out, and now and then how far it has come.
const job: RankingJob = workerData;
const tree = observedTreeModel((done, total) => {
  if (done % EVERY === 0) say({ kind: 'trees', done, total });
});
say({ kind: 'ranked', ranking: rankSnapshot(job, tree) });
