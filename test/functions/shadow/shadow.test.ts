import assert from 'node:assert/strict';
import { sha256 } from '../../../shared/codec/hash.js';
import { type Incoming, outcomeOf, type World } from '../../support/memory-world.js';
import { push } from '../../support/push-delivery.js';
import { LAST_DAY, MODE } from '../../support/small-history.js';
import { bytesAt, contentsOf, copyOf } from '../../support/world-contents.js';
import { countingScorer, ingested, plainScorer, shadowWorld, WINDOWS } from './shadow-world.js';

const VERSION = `${LAST_DAY}-${MODE}`;

const jsonAt = async (world: World, key: string) =>
  JSON.parse(Buffer.from(await bytesAt(world, key)).toString('utf8'));
const keysOf = async (world: World, prefix: string): Promise<readonly string[]> =>
  Object.keys((await contentsOf(world)).objects).filter((key) => key.startsWith(prefix));

describe('shadow', () => {
  let ready: World;
  let incoming: Incoming;
  let after: World;
  let said: Awaited<ReturnType<World['deliver']>>;

  const copy = (own: Parameters<typeof copyOf>[1] = {}): Promise<World> =>
    copyOf(ready, { scorer: plainScorer, ...own });

  before(async () => {
    ready = shadowWorld();
    incoming = await ingested(ready);
    after = await copy();
    said = await after.deliver('shadow', incoming);
  });

  it('stores a history below shadow/ and publishes nothing', async () => {
    assert.equal(outcomeOf(said), 'done');
    assert.deepEqual(said.published, []);
    const own = Object.keys((await contentsOf(ready)).objects);
    const added = Object.keys((await contentsOf(after)).objects).filter(
      (key) => !own.includes(key),
    );
    assert.ok(added.length > WINDOWS);
    assert.deepEqual(
      added.filter((key) => !key.startsWith('shadow/')),
      [],
    );
    assert.deepEqual((await contentsOf(after)).documents, (await contentsOf(ready)).documents);
  });

  it("has the layout of the contract's local folders", async () => {
    const pointer = await jsonAt(after, 'shadow/current.json');
    const releases = [
      '2025-10-31',
      '2025-11-30',
      '2025-12-31',
      '2026-01-31',
      '2026-02-28',
      LAST_DAY,
    ].flatMap((day) =>
      ['live_pool.json', 'live_pool_legacy.json', 'release_manifest.json'].map(
        (file) => `${day}-${MODE}/${file}`,
      ),
    );
    const track = [
      ...releases,
      'backtest_final_score.csv',
      'backtest_linear_score.csv',
      'backtest_ml_score.csv',
      'backtest_rule_score.csv',
      'leader_metrics.csv',
      'monthly_live_pool_shadow_detail.csv',
      'monthly_live_pool_shadow_summary.csv',
      'performance_summary.csv',
      'release_index.csv',
      'walkforward_validation_summary.csv',
      'walkforward_windows.csv',
    ];
    const expected = [
      'index.json',
      ...track.map((file) => `shadow_candidate_tracks/challenger_topk_60/${file}`),
      ...track.map((file) => `shadow_candidate_tracks/official_baseline/${file}`),
      'shadow_candidate_tracks/scorecard.csv',
      'shadow_candidate_tracks/scorecard.json',
      'shadow_candidate_tracks/scorecard_months.csv',
      'shadow_candidate_tracks/track_summary.csv',
      ...[...releases, 'release_index.csv'].map((file) => `shadow_releases/${file}`),
    ];
    const prefix = `shadow/${pointer.build}`;
    assert.deepEqual(
      (await keysOf(after, prefix)).map((key) => key.slice(prefix.length)),
      expected.sort(),
    );
  });

  it('seals the history with an index of its files, under the index’s own name', async () => {
    const pointer = await jsonAt(after, 'shadow/current.json');
    const prefix = `shadow/${pointer.build}`;
    const index = await jsonAt(after, `${prefix}index.json`);
    assert.deepEqual(pointer, {
      build: `builds/${LAST_DAY}-${pointer.sha256}/`,
      as_of_date: LAST_DAY,
      version: VERSION,
      sha256: sha256(await bytesAt(after, `${prefix}index.json`)),
    });
    const files = (await keysOf(after, prefix)).filter((key) => !key.endsWith('index.json'));
    assert.equal(index.files.length, files.length);
    for (const { path, sha256: expected } of index.files)
      assert.equal(sha256(await bytesAt(after, `${prefix}${path}`)), expected, path);
    assert.deepEqual(
      index.tracks.map(({ track_id, release_count, first_as_of_date, last_as_of_date }: never) => [
        track_id,
        release_count,
        first_as_of_date,
        last_as_of_date,
      ]),
      [
        ['official_baseline', 6, '2025-10-31', LAST_DAY],
        ['challenger_topk_60', 6, '2025-10-31', LAST_DAY],
      ],
    );
  });

  it('computes nothing and changes nothing on redelivery', async () => {
    const scorer = countingScorer();
    const world = await copyOf(after, { scorer });
    const stored = await contentsOf(world);
    const answer = await world.deliver('shadow', incoming);
    assert.equal(outcomeOf(answer), 'already_done');
    assert.deepEqual(
      [answer.log[0]?.windows_computed, answer.log[0]?.windows_kept, scorer.computed],
      [0, WINDOWS, []],
    );
    assert.deepEqual(await contentsOf(world), stored);
  });

  it('computes only the missing windows after a crash', async () => {
    for (let kept = 0; kept < WINDOWS; kept += 1) {
      const world = await copy({ scorer: countingScorer(kept) });
      const failed = await world.deliver('shadow', incoming);
      assert.equal(failed.status, 500);
      assert.equal(outcomeOf(failed), 'will_be_delivered_again');
      assert.equal((await keysOf(world, 'shadow/windows/')).length, kept);

      const scorer = countingScorer();
      const again = await copyOf(world, { scorer });
      assert.equal(outcomeOf(await again.deliver('shadow', incoming)), 'done');
      assert.equal(scorer.computed.length, WINDOWS - kept);
      assert.deepEqual(await contentsOf(again), await contentsOf(after));
    }
  });

  it('leaves the same bytes after two concurrent deliveries', async () => {
    const world = await copy();
    const message = {
      data: Buffer.from(incoming.data).toString('base64'),
      messageId: 'twice',
      publishTime: '2026-03-14T00:16:00Z',
    };
    const deliver = () => push(async () => world.environment, 'shadow', message);
    const answers = await Promise.all([deliver(), deliver()]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204],
    );
    assert.deepEqual(await contentsOf(world), await contentsOf(after));
  });

  it('computes an unreadable window again', async () => {
    const [key = ''] = await keysOf(after, 'shadow/windows/');
    const world = await copy();
    const options = { ifGenerationMatch: 0, contentType: 'application/octet-stream' };
    await world.environment.objects.write(key, Buffer.from('half a win'), options)();
    await world.deliver('shadow', incoming);
    assert.deepEqual(
      await jsonAt(world, 'shadow/current.json'),
      await jsonAt(after, 'shadow/current.json'),
    );
  });

  it('keeps the history of a dry run in its scratch folder; only windows are shared', async () => {
    const world = await copyOf(ready, { scorer: plainScorer, source: ready.environment.source });
    const dry = await ingested(world, { dry_run: true });
    assert.equal(outcomeOf(await world.deliver('shadow', dry)), 'done');
    const { run_id } = JSON.parse(Buffer.from(dry.data).toString('utf8'));
    assert.equal((await keysOf(world, 'shadow/windows/')).length, WINDOWS);
    assert.deepEqual(
      (await keysOf(world, 'shadow/')).filter((key) => !key.startsWith('shadow/windows/')),
      [],
    );
    assert.deepEqual(
      (await keysOf(world, `scratch/${run_id}/shadow/`)).map((key) =>
        key.slice(`scratch/${run_id}/`.length),
      ),
      (await keysOf(after, 'shadow/')).filter((key) => !key.startsWith('shadow/windows/')),
    );
  });

  it('dead-letters a message whose snapshot is missing', async () => {
    const text = Buffer.from(incoming.data).toString('utf8');
    const world = await copy();
    const stored = await contentsOf(world);
    const answer = await world.deliver('shadow', {
      data: Buffer.from(text.replace(/manifest\.json/, 'elsewhere.json')),
    });
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.match(answer.log[0]?.message ?? '', /^snapshot: expected an object at /);
    assert.deepEqual(await contentsOf(world), stored);
  });

  describe('from month to month', () => {
    const EARLIER = '2026-02-28';

    it('computes only the windows that have changed', async () => {
      const world = shadowWorld();
      await world.deliver('shadow', await ingested(world, { as_of_date: EARLIER }));
      const scorer = countingScorer();
      const later = await copyOf(world, { scorer, source: world.environment.source });
      const answer = await later.deliver('shadow', await ingested(later));
      assert.equal(outcomeOf(answer), 'done');
      // The test range of the first window was full already.
      assert.deepEqual(
        scorer.computed.map(({ window }) => window.id),
        [1, 1],
      );
      assert.equal(answer.log[0]?.windows_kept, 2);
      assert.deepEqual(
        await jsonAt(later, 'shadow/current.json'),
        await jsonAt(after, 'shadow/current.json'),
      );
    });

    it('never lets an older month replace a newer one', async () => {
      const world = await copyOf(after, { scorer: plainScorer, source: ready.environment.source });
      const earlier = await ingested(world, { as_of_date: EARLIER });
      const stored = await bytesAt(world, 'shadow/current.json');
      assert.equal(outcomeOf(await world.deliver('shadow', earlier)), 'done');
      assert.equal((await keysOf(world, `shadow/builds/${EARLIER}-`)).length > 0, true);
      assert.deepEqual(await bytesAt(world, 'shadow/current.json'), stored);
    });
  });
});
