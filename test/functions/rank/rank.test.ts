import assert from 'node:assert/strict';
import type { PositiveInteger } from '../../../shared/codec/primitives.js';
import { faultFreeMonth, json, type Stage } from '../../support/fault-free-month.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { inProcessRanker } from '../../support/in-process-ranker.js';
import { outcomeOf, TEST_CONFIG, type World } from '../../support/memory-world.js';
import { bytesAt, contentsOf, copyOf } from '../../support/world-contents.js';

describe('rank', () => {
  let stage: Stage;
  let snapshot: string;

  before(async () => {
    stage = (await faultFreeMonth()).stages.rank;
    const keys = Object.keys((await contentsOf(stage.before)).objects);
    snapshot =
      keys.find((key) => key.endsWith('/manifest.json'))?.replace('manifest.json', '') ?? '';
  });

  const refuses = async (world: World, data: Uint8Array, code: string, message: RegExp) => {
    const before = await contentsOf(world);
    const answer = await world.deliver('rank', { data });
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, code);
    assert.match(answer.log[0]?.message ?? '', message);
    assert.deepEqual(await contentsOf(world), before);
  };

  it('stores the evidence of its ranking under its SHA-256', async () => {
    const { world } = await faultFreeMonth();
    const keys = Object.keys((await contentsOf(world)).objects);
    const [key = '', ...others] = keys.filter(
      (one) => one.startsWith('evidence/') && one.includes('/rankings/'),
    );
    assert.deepEqual(others, []);
    assert.match(key, /^evidence\/2026-03-13-core_major\/rankings\/[0-9a-f]{64}\.json$/);
    const account = JSON.parse(Buffer.from(await bytesAt(world, key)).toString('utf8'));
    assert.equal(account.as_of_date, '2026-03-13');
    assert.equal(account.mode, 'core_major');
    assert.equal(account.universe.length, 23);
  });

  it('publishes no pool with fewer members, and names the rule that each other symbol failed', async () => {
    const config = { ...TEST_CONFIG, poolSize: 24 as PositiveInteger };
    const { ranker } = stage.before.environment;
    const world = await copyOf(stage.before, {
      config,
      // The universe does not depend on the pool's size, and this ranking is at hand.
      ranker: { rank: (job) => ranker.rank({ ...job, poolSize: TEST_CONFIG.poolSize }) },
    });
    const before = await contentsOf(world);
    const answer = await world.deliver('rank', stage.incoming);
    assert.equal(outcomeOf(answer), 'dead_letter');
    assert.equal(answer.log[0]?.code, 'contract-invalid');
    const [first = '', ...others] = answer.log[0]?.message.split('\n') ?? [];
    assert.match(
      first,
      /^Expected at least 24 eligible symbols on 2026-03-13 in core_major, got 23 \((\w+USDT, ){22}\w+USDT\); nothing is published\.$/,
    );
    assert.deepEqual(others, [
      'ALFAUPUSDT: leveraged_token',
      'BTCUSDT: it is the benchmark',
      'PEPEUSDT: high_noise',
      'SUPERUSDT: leveraged_token',
      'USDCUSDT: excluded_base_asset',
      'XRAYUSDT: liquidity (avg_quote_vol_180 9690467.300277779, needs 14400000), continuous (liquidity_days_90 51, needs 63), continuous (liquidity_days_180 64, needs 130)',
      'YANKEEUSDT: not_trading',
    ]);
    assert.deepEqual(await contentsOf(world), before);
  });

  it('refuses bars that differ from the sealed bars', async () => {
    const world = await copyOf(stage.before, { ranker: inProcessRanker });
    const bars = await bytesAt(world, `${snapshot}bars.f64`);
    bars[8] = (bars[8] ?? 0) ^ 1;
    const options = { ifGenerationMatch: 1, contentType: 'application/octet-stream' };
    getOrThrow(await world.environment.objects.write(`${snapshot}bars.f64`, bars, options)());
    await refuses(
      world,
      stage.incoming.data,
      'malformed-input',
      /^Snapshot: bars: expected SHA-256 [0-9a-f]{64}, got [0-9a-f]{64}$/,
    );
  });

  const altered = (change: (payload: Record<string, unknown>) => object): Uint8Array => {
    const message = JSON.parse(Buffer.from(stage.incoming.data).toString('utf8'));
    return json({ ...message, payload: { ...message.payload, ...change(message.payload) } });
  };

  it('refuses a snapshot without its bars', async () => {
    const world = await copyOf(stage.before);
    const key = 'snapshots/2026-03-13/elsewhere/manifest.json';
    const manifest = await bytesAt(world, `${snapshot}manifest.json`);
    const options = { ifGenerationMatch: 0, contentType: 'application/json' };
    getOrThrow(await world.environment.objects.write(key, manifest, options)());
    const uri = `gs://test-bucket/crypto-live-pool-pipelines/${key}`;
    await refuses(
      world,
      altered(({ snapshot: reference }) => ({ snapshot: { ...Object(reference), uri } })),
      'malformed-input',
      /^snapshot: expected bars at gs:\/\/[^ ]+\/elsewhere\/bars\.f64, got nothing$/,
    );
  });

  it('rejects an unknown mode', async () => {
    await refuses(
      await copyOf(stage.before),
      altered(() => ({ mode: 'moonshots', version: '2026-03-13-moonshots' })),
      'configuration',
      /moonshots/,
    );
  });
});
