import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../../../../deploy/local/state-folder.js';
import { diskDocumentStore } from '../../../../shared/local/disk-document-store.js';
import { diskObjectStore } from '../../../../shared/local/disk-object-store.js';
import { replaceFile } from '../../../../shared/local/files.js';
import { livePool, temporaryFolder } from '../../../support/cli.js';
import { DEMO_REQUEST, runMonth } from '../../../support/fault-free-month.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { goldenHistory } from '../../../support/golden-history.js';
import { memoryWorld, TEST_CONFIG } from '../../../support/memory-world.js';

const NOW = '2026-03-20T12:00:00Z';
const HISTORY = [
  'scorecard.json',
  ...['official_baseline', 'challenger_topk_60'].flatMap((track) => [
    `${track}/release_index.csv`,
    `${track}/backtest_final_score.csv`,
  ]),
];

describe('live-pool report', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  const report = (...args: readonly string[]) =>
    livePool(['report', '--state', folder(), '--now', NOW, ...args]);
  const run = async (...args: readonly string[]) => {
    const { code, stderr } = await report(...args);
    assert.equal(code, 0, stderr);
  };

  it('names the next command if nothing has been promoted', async () => {
    const { code, stderr } = await report();
    assert.equal(code, 3);
    assert.match(stderr, /Run: live-pool run/);
  });

  it('writes the page beside the output', async () => {
    const state = stateFolder(folder());
    const config = { ...TEST_CONFIG, bucket: 'live-pool-local' };
    const { bucket, rootPrefix } = config;
    const world = memoryWorld({
      config,
      objects: diskObjectStore(
        state.objects(bucket, rootPrefix),
        state.objectRecords(bucket, rootPrefix),
      ),
      documents: diskDocumentStore(state.documents),
    });
    await runMonth(world, DEMO_REQUEST);
    await run('--quiet');
    const page = readFileSync(join(folder(), 'report.html'), 'utf8');
    assert.match(page, /<b>Fresh<\/b>: 7 days old/);
    assert.match(page, /<b>No\. 1<\/b>, what readers see now/);
    assert.match(page, /<b>Agree<\/b> with the ledger/);
    assert.match(page, /No shadow history yet\. Run: <code>live-pool monthly-shadow-build/);
  });

  it('shows the shadow history of the output and writes to --output', async () => {
    for (const path of HISTORY) {
      const bytes = getOrThrow(await goldenHistory(path)());
      assert.ok(bytes);
      await replaceFile(join(folder(), 'output/shadow_candidate_tracks', path), bytes);
    }
    const output = join(folder(), 'march.html');
    await run('--version', '2026-03-13-core_major', '--output', output);
    const page = readFileSync(output, 'utf8');
    assert.match(page, /The evidence favours neither official_baseline nor challenger_topk_60/);
    assert.doesNotMatch(page, /class="frame"/);
  });

  it('reports that current/ has been changed by hand', async () => {
    const current = 'bucket/live-pool-local/crypto-live-pool-pipelines/current/live_pool.json';
    writeFileSync(join(folder(), current), '{}');
    await run();
    const page = readFileSync(join(folder(), 'report.html'), 'utf8');
    assert.match(page, /<b>Deviate<\/b>: current\/live_pool\.json/);
  });

  it('rejects an invalid version', async () => {
    const { code, stderr } = await report('--version', 'march');
    assert.equal(code, 2);
    assert.match(stderr, /version: expected/);
  });
});
