import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildArchive } from '../../../deploy/package/build-archive.js';
import { FunctionName } from '../../../shared/topology.js';
import { type AcceptingPubsub, acceptingPubsub } from '../../support/accepting-pubsub.js';
import { temporaryFolder } from '../../support/cli.js';
import { pushTo } from '../../support/server-process.js';
import { answerIn, install, startArchived, unpack } from './support/installed-archive.js';
import { Offline } from './support/offline.js';
import { PROJECT, REVISION } from './support/project.js';

const unreadable = {
  data: Buffer.from('no message').toString('base64'),
  messageId: '17',
  publishTime: '2026-04-01T00:15:30Z',
};

const NOTHING = '{ rows: 1, columns: 1, values: new Float64Array(1) }';

/** Everything that the functions need is in the archive or in the packages that it installs. */
describe('The archive, unpacked and installed', () => {
  const folder = temporaryFolder();
  let pubsub: AcceptingPubsub;

  before(async function () {
    pubsub = await acceptingPubsub();
    unpack((await buildArchive(PROJECT, () => REVISION)).bytes, folder());
    try {
      await install(folder());
    } catch (error) {
      if (!(error instanceof Offline) || process.env.CI === 'true') throw error;
      console.warn(`SKIPPED: ${error.message}. Nothing has been served from the archive.`);
      this.skip();
    }
  });
  after(() => pubsub.close());

  it('has installed exactly the packages of its lock, without dev dependencies', () => {
    const packagesIn = (lock: string): readonly string[] =>
      Object.keys(JSON.parse(readFileSync(join(folder(), lock), 'utf8')).packages);
    const [, ...locked] = packagesIn('package-lock.json');
    const installed = packagesIn('node_modules/.package-lock.json');
    assert.deepEqual(
      installed.filter((place) => !locked.includes(place)),
      [],
    );
    for (const name of ['typescript', 'mocha', 'commander'])
      assert.equal(installed.includes(`node_modules/${name}`), false, name);
  });

  for (const name of Object.keys(FunctionName.keys).filter(FunctionName.is))
    it(`serves ${name}, which dead-letters a malformed message`, async () => {
      const before = pubsub.calls.length;
      const server = await startArchived(folder(), name, { PUBSUB_EMULATOR_HOST: pubsub.host });
      let log = '';
      try {
        assert.equal(await pushTo(server, name, unreadable), 204);
      } finally {
        log = await server.stop();
      }
      const [line = ''] = log.split('\n').filter((text) => text.includes('"outcome"'));
      const { stage, outcome, code, message_id } = JSON.parse(line);
      assert.deepEqual(
        [stage, outcome, code, message_id],
        [name, 'dead_letter', 'malformed-input', '17'],
      );
      assert.equal(pubsub.calls.length, before + 1);
    });

  it('starts the worker thread that ranks', async () => {
    const answer = await answerIn(
      folder(),
      `import { workerRanker } from './dist/functions/rank/ranker.js';
       const manifest = Buffer.from('{}');
       const job = { manifest, bars: manifest, mode: 'core_major', poolSize: 5 };
       const answer = await workerRanker.rank(job)();`,
    );
    assert.match(JSON.stringify(answer), /"_tag":"Left".*"code":"malformed-input"/);
  });

  it('starts the worker threads that score windows', async () => {
    const answer = await answerIn(
      folder(),
      `import { workerScorer } from './dist/functions/shadow/worker-scorer.js';
       const day = { first: 0, last: 0 };
       const window = { id: 7, train: day, effectiveTrain: day, test: day };
       const targets = { blended_rank_pct: new Float64Array(1) };
       const sample = { offsets: Int32Array.of(0, 1), features: ${NOTHING}, targets };
       const answer = [];
       const keep = (scores) => async () => { answer.push(scores.window.id); return { _tag: 'Right' }; };
       await workerScorer(1).score(sample, [{ window, target: 'blended_rank_pct' }], keep)();`,
    );
    assert.deepEqual(answer, [7]);
  });

  it('reports that the archive does not contain the demo market', async () => {
    const answer = await answerIn(
      folder(),
      `import { demoSource } from './dist/shared/market-data/demo-source.js';
       const { left } = await demoSource().metadata()();
       const answer = [left.kind, left.code, left.message];`,
    );
    assert.deepEqual(answer, [
      'permanent',
      'configuration',
      "The demo market's symbol_metadata.csv is not here: it comes with a clone, not with the " +
        'archive that functions deploy from. Set MARKET_DATA_SOURCE to binance, or rehearse with ' +
        'npm run emulators.',
    ]);
  });
});
