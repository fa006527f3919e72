import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeJson, readJson } from '../../../shared/codec/bytes.js';
import { sha256 } from '../../../shared/codec/hash.js';
import { ModelRun } from '../../../shared/evidence/model-run.js';
import { RankingEvidence } from '../../../shared/evidence/ranking.js';
import type { RankingJob } from '../../../shared/ranking/ranker.js';
import { rankingEvidence } from '../../../shared/ranking/ranking-evidence.js';
import { readReference } from '../../../shared/releases/read-referenced-object.js';
import { faultFreeMonth } from '../../support/fault-free-month.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { inProcessRanker } from '../../support/in-process-ranker.js';

const bytesAt = async (key: string): Promise<Uint8Array> => {
  const { world } = await faultFreeMonth();
  const found = getOrThrow(await world.environment.objects.read(key)());
  assert.ok(found._tag === 'Some', `expected an object at ${key}`);
  return found.value.bytes;
};

/** What `evidence/` says of the calm month's models, and the job that it tells to do again. */
const told = async (): Promise<{ modelRun: ModelRun; job: RankingJob }> => {
  const bytes = await bytesAt('evidence/2026-03-13-core_major/model_run.json');
  const modelRun = getOrThrow(readJson(ModelRun, 'model_run.json')(bytes));
  const { environment } = (await faultFreeMonth()).world;
  const manifest = getOrThrow(
    await readReference(environment.objects, environment.config, 'snapshot', modelRun.snapshot)(),
  );
  const folder = `snapshots/${modelRun.as_of_date}/${modelRun.snapshot.sha256}`;
  const bars = await bytesAt(`${folder}/bars.f64`);
  return {
    modelRun,
    job: { manifest, bars, mode: modelRun.mode, poolSize: modelRun.pool_size },
  };
};

/** A worker starts from a compiled file, so this is the ranker as it is deployed. */
const compiled = async (): Promise<typeof import('../../../functions/rank/ranker.js')> => {
  const path = resolve(import.meta.dirname, '../../../dist/functions/rank/ranker.js');
  return import(pathToFileURL(path).href);
};

describe('a ranking that is done again from its evidence', () => {
  it('is the same, bit for bit', async () => {
    const { modelRun, job } = await told();
    const again = rankingEvidence(getOrThrow(await inProcessRanker.rank(job)()));
    const bytes = getOrThrow(encodeJson(RankingEvidence, 'ranking.json')(again));
    assert.equal(sha256(bytes), modelRun.ranking.sha256);
    const { model } = getOrThrow(readJson(RankingEvidence, 'ranking.json')(bytes));
    assert.equal(model.prediction_sha256, modelRun.model.prediction_sha256);
  });

  it('is the same from a worker thread, while the event loop stays alive', async () => {
    const { modelRun, job } = await told();
    const { workerRanker } = await compiled();
    // Processor time of both threads: a busy machine stretches the clock, but not this.
    const used = (): number => process.cpuUsage().user;
    let longestPause = 0;
    let last = used();
    const heartbeat = setInterval(() => {
      const now = used();
      longestPause = Math.max(longestPause, now - last);
      last = now;
    }, 5);
    const start = used();
    const answer = await workerRanker
      .rank(job)()
      .finally(() => clearInterval(heartbeat));
    const took = used() - start;
    const ranking = getOrThrow(answer);
    assert.equal(ranking.model.predictionSha256, modelRun.model.prediction_sha256);
    // Computed here, the ranking would be one long pause.
    assert.ok(longestPause < took / 2, `a pause of ${longestPause} µs within ${took} µs`);
  });

  it('reports a rejection by the method, from the worker too', async () => {
    const { job } = await told();
    const { workerRanker } = await compiled();
    const refused = await workerRanker.rank({ ...job, mode: 'no_such_mode' })();
    assert.ok(refused._tag === 'Left');
    assert.equal(refused.left.code, 'configuration');
    assert.match(refused.left.message, /no_such_mode/);
  });
});
