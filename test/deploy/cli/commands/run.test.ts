import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../../../../deploy/local/folder-lock.js';
import { livePool, livePoolProcess, temporaryFolder } from '../../../support/cli.js';
import { committedDemoHashes, demoHashes } from '../../../support/demo-hashes.js';
import { fileHashes } from '../../../support/file-hashes.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { describeWithShared } from '../../../support/shared-folder.js';

const VERSION = '2026-03-13-core_major';
const ARTIFACTS = [
  'artifact_manifest.json',
  'latest_ranking.csv',
  'latest_universe.json',
  'live_pool.json',
  'live_pool_legacy.json',
];
const root = (state: string): string =>
  join(state, 'bucket/live-pool-local/crypto-live-pool-pipelines');
const json = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, 'utf8'));

describe('live-pool run on the demo market', () => {
  const folder = temporaryFolder();
  const state = (): string => join(folder(), 'demo');
  let answer: Record<string, unknown>;
  let progress: string;

  before(async () => {
    const run = await livePoolProcess(['--format', 'json', 'run', '--state', state()]);
    assert.equal(run.code, 0, run.stderr);
    answer = JSON.parse(run.stdout);
    progress = run.stderr;
  });

  it('answers with the fields that scripts rely on', () => {
    assert.deepEqual(Object.keys(answer), [
      'run_id',
      'as_of_date',
      'version',
      'mode',
      'symbols',
      'pool_size',
      'outcome',
      'promotion_seq',
      'output_dir',
      'stages',
    ]);
    assert.equal(answer.version, VERSION);
    assert.equal(answer.outcome, 'published');
    assert.equal(answer.promotion_seq, 1);
    assert.equal((answer.symbols as string[]).length, 5);
    assert.deepEqual(
      (answer.stages as { name: string }[]).map(({ name }) => name),
      ['ingest', 'rank', 'materialise', 'promote', 'sync-firestore'],
    );
  });

  it('leaves the bytes whose hashes are committed', () => {
    assert.equal(demoHashes(state()), committedDemoHashes());
  });

  it('warns on stderr that the market is synthetic', () => {
    assert.match(progress, /demo market is synthetic/);
  });

  it('leaves the same five artifacts in output, in the release and in current', () => {
    const release = fileHashes(join(root(state()), 'releases', VERSION));
    assert.deepEqual(Object.keys(release), ARTIFACTS);
    assert.deepEqual(fileHashes(join(root(state()), 'current')), release);
    const { 'release_manifest.json': _, ...output } = fileHashes(join(state(), 'output'));
    assert.deepEqual(output, release);
  });

  it('archives every message of the flow', () => {
    const topics = new Set(
      Object.keys(fileHashes(join(root(state()), 'events'))).map((path) => path.split('/')[0]),
    );
    assert.deepEqual(
      [...topics],
      [
        'live-pool-published',
        'market-data-ingested',
        'monthly-run-requested',
        'pool-ranked',
        'release-materialised',
        'release-promoted',
      ],
    );
  });

  it('writes a folder and a document that satisfy the contract', async () => {
    const document = join(state(), 'firestore/strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL.json');
    const args = ['contract', 'validate', join(state(), 'output'), '--require-manifest'];
    const checked = await livePool([
      ...args,
      '--firestore-document',
      document,
      '--state',
      state(),
      '--format',
      'json',
    ]);
    assert.deepEqual([checked.code, JSON.parse(checked.stdout).errors], [0, []]);
    assert.equal(json(document).promotion_seq, 1);
  });

  it('shows the release and what readers see', async () => {
    const ask = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await livePool([...args, '--state', state(), '--format', 'json'])).stdout);
    assert.deepEqual(await ask('release', 'list'), [
      {
        version: VERSION,
        as_of_date: '2026-03-13',
        symbols: answer.symbols,
        current: true,
        complete: true,
        revoked: false,
      },
    ]);
    assert.deepEqual(await ask('release', 'verify', VERSION), {
      version: VERSION,
      ok: true,
      problems: [],
    });
    const seen = async (...args: string[]) => {
      const { due, members, last_promotion, next_step, unfinished, dead_letters, ...rest } =
        (await ask('status', ...args)) as Record<string, unknown>;
      return rest;
    };
    assert.deepEqual(await seen(), {
      version: VERSION,
      as_of_date: '2026-03-13',
      age_days: 1,
      days_left: 44,
      fresh: true,
      promotion_seq: 1,
      current_consistent: true,
      document_consistent: true,
      refused_from: '2026-04-28',
      release_problem: null,
      disagreements: [],
    });
    assert.deepEqual(await seen('--now', '2026-04-28T00:00:00Z'), {
      version: VERSION,
      as_of_date: '2026-03-13',
      age_days: 46,
      days_left: 0,
      fresh: false,
      promotion_seq: 1,
      current_consistent: true,
      document_consistent: true,
      refused_from: '2026-04-28',
      release_problem: null,
      disagreements: [],
    });
  });

  it('is read by the client as the README shows it', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../../README.md'), 'utf8');
    const [, script = ''] = /```sh\n(node --input-type=module[\s\S]*?)\n```/.exec(readme) ?? [];
    assert.match(script, /data\/firestore/);
    const said = execFileSync('bash', ['-c', script.replace('data/', `${state()}/`)], {
      encoding: 'utf8',
    });
    assert.equal(said, `fresh_upstream false ${(answer.symbols as string[]).join(' ')}\n`);
  });

  it('changes nothing the second time, even at a later clock', async () => {
    const earlier = fileHashes(state());
    const again = await livePool([
      'run',
      '--state',
      state(),
      '--now',
      '2026-03-20T09:00:00Z',
      '--format',
      'json',
    ]);
    assert.equal(again.code, 0, again.stderr);
    const { outcome, promotion_seq } = JSON.parse(again.stdout);
    assert.deepEqual([outcome, promotion_seq], ['already_done', 1]);
    const later = fileHashes(state());
    const mayChange = /^(state\.json|pubsub\/last-message-id)$/;
    const fixed = (files: Readonly<Record<string, string>>) =>
      Object.entries(files).filter(([path]) => !mayChange.test(path));
    assert.deepEqual(fixed(later), fixed(earlier));
  });

  it('detects tampering with a release and with current', async () => {
    const copy = join(folder(), 'tampered');
    cpSync(state(), copy, { recursive: true });
    for (const place of [`releases/${VERSION}`, 'current'])
      writeFileSync(join(root(copy), place, 'live_pool.json'), '{}');
    const verified = await livePool(['release', 'verify', VERSION, '--state', copy]);
    assert.equal(verified.code, 3);
    assert.match(verified.stdout, /live_pool\.json/);
    const status = await livePool(['status', '--state', copy, '--format', 'json']);
    assert.equal(JSON.parse(status.stdout).current_consistent, false);
  });

  it('rejects real coins in its folder and changes nothing (exit 7)', async () => {
    const copy = join(folder(), 'copy');
    cpSync(state(), copy, { recursive: true });
    const changeable = ['firestore', 'pubsub', 'bucket'].map((name) => join(copy, name));
    const before = changeable.map((path) => fileHashes(path));
    const csv = ['--source', 'csv', '--data-dir', 'bars', '--metadata', 'metadata.csv'];
    const args = ['run', ...csv, '--as-of-date', '2026-01-31', '--now', '2026-02-02T00:00:00Z'];
    const { code, stderr } = await livePool([...args, '--state', copy, '--quiet']);
    assert.equal(code, 7);
    assert.match(stderr, /has months of the demo market, .* another folder .*--state DIR/);
    assert.deepEqual(
      changeable.map((path) => fileHashes(path)),
      before,
    );
  });
});

describe('live-pool run --dry-run', () => {
  const folder = temporaryFolder();

  it('writes the output, keeps its objects under scratch and promotes nothing', async () => {
    const state = join(folder(), 'dry');
    const run = await livePool(['run', '--dry-run', '--state', state, '--format', 'json']);
    assert.equal(run.code, 0, run.stderr);
    const { outcome, promotion_seq, run_id } = JSON.parse(run.stdout);
    assert.deepEqual([outcome, promotion_seq], ['dry_run', null]);
    const objects = Object.keys(fileHashes(root(state)));
    assert.deepEqual(
      objects.filter(
        (path) => !path.startsWith(`scratch/${run_id}/`) && !path.startsWith('events/'),
      ),
      [],
    );
    const manifest = json(join(state, 'output/release_manifest.json'));
    assert.equal(manifest.dry_run, true);
    assert.equal(manifest.release_prefix, `crypto-live-pool-pipelines/releases/${VERSION}`);
    assert.deepEqual(Object.keys(fileHashes(join(state, 'firestore/strategy'))), []);
  });
});

const HEADER = 'date,open,high,low,close,volume,quote_volume';
const METADATA = [
  'symbol,status,base_asset,quote_asset,is_spot_trading_allowed,permissions',
  'BTCUSDT,TRADING,BTC,USDT,True,SPOT',
  'ETHUSDT,TRADING,ETH,USDT,True,SPOT',
].join('\n');

describe('live-pool run on unusable input', () => {
  const folder = temporaryFolder();

  const runOn = async (bars: Readonly<Record<string, string>>, ...more: string[]) => {
    const data = join(folder(), 'bars');
    const state = join(folder(), 'state');
    rmSync(folder(), { recursive: true, force: true });
    mkdirSync(data, { recursive: true });
    writeFileSync(join(folder(), 'metadata.csv'), METADATA);
    for (const [file, text] of Object.entries(bars)) writeFileSync(join(data, file), text);
    const args = ['run', '--source', 'csv', '--data-dir', data, '--state', state];
    const metadata = join(folder(), 'metadata.csv');
    const run = await livePool([...args, '--metadata', metadata, '--allow-stale', ...more]);
    const written = Object.keys(fileHashes(root(state))).map((path) => path.split('/')[0]);
    return { ...run, written: [...new Set(written)] };
  };
  const good = `${HEADER}\n2025-12-30,1,2,1,2,5,10\n2025-12-31,1,2,1,2,5,10\n`;

  it('rejects a bar that violates a rule, with file, line, field, expected and got', async () => {
    const bad = `${HEADER}\n2025-12-30,1,2,1,2,5,10\n2025-12-31,1,2,3,2,5,ten\n`;
    const run = await runOn(
      { 'BTCUSDT.csv': good, 'ETHUSDT.csv': bad },
      '--as-of-date',
      '2025-12-31',
    );
    assert.equal(run.code, 6);
    assert.match(run.stderr, /ETHUSDT\.csv, line 3, quote_volume: expected .*, got "?ten/);
    // The request is archived; nothing downstream has run.
    assert.deepEqual(run.written, ['events']);
  });

  it('rejects an as-of date for which the benchmark has no bar', async () => {
    const run = await runOn({ 'BTCUSDT.csv': good }, '--as-of-date', '2026-01-31');
    assert.equal(run.code, 6);
    assert.match(
      run.stderr,
      /expected a closed BTCUSDT bar of 2026-01-31, but its newest is of 2025-12-31/,
    );
    assert.deepEqual(run.written, ['events']);
  });

  it('rejects a universe of fewer than five and names the failed rules per symbol', async () => {
    const run = await runOn(
      { 'BTCUSDT.csv': good, 'ETHUSDT.csv': good },
      '--as-of-date',
      '2025-12-31',
    );
    assert.equal(run.code, 3);
    assert.match(run.stderr, /Expected at least 5 eligible symbols on 2025-12-31/);
    assert.match(run.stderr, /BTCUSDT: it is the benchmark/);
    assert.match(run.stderr, /ETHUSDT: .*age_days/);
    assert.deepEqual(run.written, ['events', 'evidence', 'snapshots']);
  });
});

describe('the command line', () => {
  const folder = temporaryFolder();
  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown flag', ['run', '--bogus'], /unknown option '--bogus'/],
    ['an unknown command', ['walk'], /unknown command 'walk'/],
    [
      'an unknown source',
      ['run', '--source', 'tape'],
      /--source: expected demo, csv or binance, got tape/,
    ],
    ['csv without a folder', ['run', '--source', 'csv'], /needs --data-dir and --metadata/],
    ['a date that does not exist', ['run', '--as-of-date', '2026-02-30'], /as_of_date.*2026-02-30/],
    ['a day that has not closed', ['run', '--as-of-date', '2026-03-14'], /a day that has closed/],
    ['half a member', ['run', '--pool-size', '2.5'], /pool_size.*2\.5/],
    ['a lower-case symbol', ['run', '--previous-pool', 'btcusdt'], /previous_pool.*btcusdt/],
    ['an odd clock', ['status', '--now', 'yesterday'], /--now: expected an instant/],
    ['an odd format', ['status', '--format', 'xml'], /--format: expected text or json, got xml/],
    ['an odd version', ['release', 'verify', 'latest'], /version: expected <as_of_date>-<mode>/],
  ];
  for (const [what, args, sentence] of refusals)
    it(`rejects ${what} with exit code 2 and changes nothing`, async () => {
      const state = join(folder(), 'untouched');
      const run = await livePool([...args, '--state', state]);
      assert.equal(run.code, 2);
      assert.match(run.stderr, sentence);
      assert.deepEqual(fileHashes(state), {});
    });

  it('has help with an example on every level', async () => {
    const levels = [
      [],
      ['run'],
      ['import'],
      ['contract'],
      ['contract', 'validate'],
      ['release'],
      ['status'],
    ];
    for (const args of levels) {
      const help = await livePool([...args, '--help']);
      assert.equal(help.code, 0);
      assert.match(help.stdout, /Example:\n {2}live-pool/);
    }
  });

  it('distinguishes a missing release from a stale one', async () => {
    const empty = join(folder(), 'empty');
    mkdirSync(empty, { recursive: true });
    const missing = await livePool(['contract', 'validate', empty, '--format', 'json']);
    assert.equal(missing.code, 3);
    assert.equal(JSON.parse(missing.stdout).errors.length >= 5, true);
  });

  it('lets only one process at a time change a state folder', async () => {
    const state = join(folder(), 'shared');
    mkdirSync(state, { recursive: true });
    const lock = getOrThrow(lockFolder(state));
    const run = await livePoolProcess(['run', '--state', state]);
    assert.equal(run.code, 5);
    const look = await livePoolProcess(['status', '--state', state, '--format', 'json']);
    lock.release();
    const { unfinished, next_step } = JSON.parse(look.stdout);
    assert.equal(unfinished.process, process.pid);
    assert.match(next_step.why, new RegExp(`^Process ${process.pid} is running in this folder`));
    assert.match(run.stderr, new RegExp(`in use by process ${process.pid}`));
  });
});

describeWithShared('live-pool run on real bars of Binance', (shared) => {
  const folder = temporaryFolder();

  it('publishes a pool; the second run changes nothing and takes no sequence', async () => {
    const state = join(folder(), 'real');
    const args = [
      'run',
      ...['--source', 'csv', '--data-dir', shared('data/binance-1d')],
      ...['--metadata', shared('data/binance-1d.symbol_metadata.2025-12-31.csv')],
      ...['--as-of-date', '2025-12-31', '--allow-stale', '--state', state, '--format', 'json'],
    ];
    const first = await livePool(args);
    assert.equal(first.code, 0, first.stderr);
    assert.equal(JSON.parse(first.stdout).outcome, 'published');
    const published = ['bucket', 'object-metadata', 'firestore'].map((place) =>
      fileHashes(join(state, place)),
    );
    // The real clock has moved on meanwhile.
    const second = await livePool(args);
    assert.equal(second.code, 0, second.stderr);
    const { outcome, promotion_seq } = JSON.parse(second.stdout);
    assert.deepEqual([outcome, promotion_seq], ['already_done', 1]);
    assert.deepEqual(
      ['bucket', 'object-metadata', 'firestore'].map((place) => fileHashes(join(state, place))),
      published,
    );
  });

  it('rejects old bars as stale without --allow-stale', async () => {
    const run = await livePool([
      'run',
      ...['--source', 'csv', '--data-dir', shared('data/binance-1d')],
      ...['--metadata', shared('data/binance-1d.symbol_metadata.2025-12-31.csv')],
      ...['--as-of-date', '2025-12-31', '--state', join(folder(), 'stale')],
    ]);
    assert.equal(run.code, 4);
    assert.match(run.stderr, /at most 45 days/);
  });
});
