import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localServices } from '../../../../deploy/cli/target/local.js';
import { stateFolder } from '../../../../deploy/local/state-folder.js';
import { livePool, livePoolProcess, temporaryFolder } from '../../../support/cli.js';
import { parseCsvTable } from '../../../support/csv-table.js';
import { fileHashes } from '../../../support/file-hashes.js';
import { LAST_DAY, MODE, writeSmallHistory } from '../../../support/small-history.js';

const VERSION = `${LAST_DAY}-${MODE}`;
const EARLIER = '2026-02-28';
const FOLDERS = ['shadow_releases', 'shadow_candidate_tracks'];
const preload = new URL('../../../support/kill-at.mjs', import.meta.url).href;

const tableAt = (...path: readonly string[]) => parseCsvTable(readFileSync(join(...path), 'utf8'));

const withPrefix = (files: Readonly<Record<string, string>>, ...prefixes: readonly string[]) =>
  Object.fromEntries(
    Object.entries(files).filter(([path]) => prefixes.some((prefix) => path.startsWith(prefix))),
  );

/** What readers can see. */
const published = (state: string) => ({
  ...withPrefix(
    fileHashes(join(state, 'bucket/live-pool-local/crypto-live-pool-pipelines')),
    'current/',
    'releases/',
  ),
  ...withPrefix(fileHashes(join(state, 'firestore')), 'strategy/', 'live_pool_ledger/'),
});

describe('live-pool monthly-shadow-build', () => {
  const folder = temporaryFolder();
  let market: ReturnType<typeof writeSmallHistory>;

  const flags = (state: string, asOf: string): readonly string[] => [
    ...['--source', 'csv', '--data-dir', market.bars, '--metadata', market.metadata],
    ...['--mode', MODE, '--as-of-date', asOf, '--now', '2026-03-14T00:30:00Z'],
    ...['--state', state, '--format', 'json'],
  ];
  const at = (name: string): string => join(folder(), name);
  const succeeds = async (command: readonly string[], state: string, asOf = LAST_DAY) => {
    // Readers accept core_major only; a shadow build promotes nothing, so its mode is free.
    const mode = command[0] === 'run' ? ['--mode', 'core_major'] : [];
    const run = await livePool([...command, ...flags(state, asOf), ...mode]);
    assert.equal(run.code, 0, run.stderr);
    return { answer: JSON.parse(run.stdout), progress: run.stderr };
  };
  const build = (state: string, asOf?: string) => succeeds(['monthly-shadow-build'], state, asOf);

  let fresh: Awaited<ReturnType<typeof build>>;
  const output = (name: string): string => join(at(name), 'output');

  const WINDOWS = 'live-pool-local/crypto-live-pool-pipelines/shadow/windows';
  /** The scored windows of a state folder; each is one object of the local store. */
  const copyWindows = (from: string, to: string): void => {
    for (const part of ['bucket', 'object-metadata'])
      cpSync(join(from, part, WINDOWS), join(to, part, WINDOWS), { recursive: true });
  };

  before(async () => {
    market = writeSmallHistory(folder());
    fresh = await build(at('fresh'));
    await build(at('earlier'), EARLIER);
  });

  it('prints its summary and writes it to the output', () => {
    assert.deepEqual(
      JSON.parse(readFileSync(join(output('fresh'), 'monthly_shadow_build_summary.json'), 'utf8')),
      fresh.answer,
    );
    const { as_of_date, official_baseline, shadow_candidate_tracks } = fresh.answer;
    assert.equal(as_of_date, LAST_DAY);
    assert.deepEqual(official_baseline, {
      profile: 'baseline_blended_rank',
      source_track: 'official_baseline',
      candidate_status: 'official_reference',
      version: VERSION,
      mode: MODE,
      pool_size: 5,
      live_pool_path: 'output/live_pool.json',
      live_pool_legacy_path: 'output/live_pool_legacy.json',
      publish_manifest_path: 'output/release_manifest.json',
    });
    const { tracks, ...places } = shadow_candidate_tracks;
    assert.deepEqual(places, {
      root_dir: 'output/shadow_candidate_tracks',
      track_summary_path: 'output/shadow_candidate_tracks/track_summary.csv',
    });
    assert.equal(tracks.length, 2);
    for (const path of [
      official_baseline.live_pool_path,
      official_baseline.live_pool_legacy_path,
      official_baseline.publish_manifest_path,
      places.track_summary_path,
      ...tracks.map((row: Record<string, string>) => row.release_index_path),
    ])
      assert.ok(existsSync(join(at('fresh'), path)), path);
  });

  it('names its tracks in track_summary.csv, and their files relative to the index', () => {
    const root = join(output('fresh'), 'shadow_candidate_tracks');
    const summary = tableAt(root, 'track_summary.csv');
    assert.deepEqual(summary.header, [
      ...['track_id', 'profile_name', 'target_mode', 'source_track', 'candidate_status'],
      ...['release_count', 'first_as_of_date', 'last_as_of_date', 'release_index_path'],
    ]);
    for (let row = 0; row < summary.size; row += 1) {
      const indexPath = summary.text(row, 'release_index_path');
      const index = tableAt(root, indexPath);
      assert.equal(String(index.size), summary.text(row, 'release_count'));
      for (let release = 0; release < index.size; release += 1)
        for (const column of ['live_pool_path', 'live_pool_legacy_path', 'release_manifest_path']) {
          const path = join(root, indexPath, '..', index.text(release, column));
          const { profile, version } = JSON.parse(readFileSync(path, 'utf8'));
          assert.equal(profile, summary.text(row, 'profile_name'));
          assert.equal(version, index.text(release, 'version'));
        }
    }
  });

  it('has the official baseline’s releases, for replay', () => {
    const releases = fileHashes(join(output('fresh'), 'shadow_releases'));
    const track = fileHashes(join(output('fresh'), 'shadow_candidate_tracks/official_baseline'));
    assert.deepEqual(withPrefix(track, '20', 'release_index'), releases);
  });

  it('estimates the remaining time after every window', () => {
    assert.match(fresh.progress, /^windows 1\/4, about [\d.]+ (ms|s) left$/m);
    assert.match(fresh.progress, /^windows 4\/4$/m);
  });

  it('leaves a dry run that the contract accepts', async () => {
    const args = ['contract', 'validate', output('fresh'), '--require-manifest'];
    const now = ['--now', '2026-03-14T00:30:00Z'];
    const checked = await livePool([...args, ...now, '--state', at('fresh'), '--format', 'json']);
    assert.deepEqual([checked.code, JSON.parse(checked.stdout)?.errors], [0, []]);
    const manifest = readFileSync(join(output('fresh'), 'release_manifest.json'), 'utf8');
    assert.equal(JSON.parse(manifest).dry_run, true);
  });

  it('writes the same bytes with computed and with stored windows', async () => {
    const state = at('later');
    cpSync(at('earlier'), state, { recursive: true });
    const { progress } = await build(state);
    // The first window of either track was full a month ago.
    assert.match(progress, /^windows 2\/2$/m);
    assert.deepEqual(fileHashes(join(state, 'output')), fileHashes(output('fresh')));
  });

  it('changes nothing that is published, and an ordinary run makes no shadow history', async () => {
    const state = at('published');
    const bucket = join(state, 'bucket/live-pool-local/crypto-live-pool-pipelines');
    await succeeds(['run'], state, EARLIER);
    const before = published(state);
    assert.ok(Object.keys(before).length > 10);
    assert.ok(!existsSync(join(bucket, 'shadow')));
    copyWindows(at('fresh'), state);
    await build(state);
    assert.deepEqual(published(state), before);
    const { answer } = await succeeds(['run'], state);
    assert.equal(answer.promotion_seq, 2);
    // --source defaults to the demo, whose coins are made up.
    const left = fileHashes(state);
    const demo = await livePool(['run', '--state', state]);
    assert.equal(demo.code, 7);
    assert.match(demo.stderr, /months of real coins.*: live-pool run --source csv --data-dir /);
    assert.deepEqual(fileHashes(state), left);
  });

  it('writes the release history alone for shadow releases', async () => {
    const state = at('releases');
    copyWindows(at('fresh'), state);
    const { answer } = await succeeds(['shadow', 'releases'], state);
    const path = join(state, 'output/shadow_releases');
    assert.deepEqual(answer, { release_count: 6, index_path: join(path, 'release_index.csv') });
    assert.deepEqual(fileHashes(path), fileHashes(join(output('fresh'), 'shadow_releases')));
    assert.deepEqual(
      Object.keys(fileHashes(join(state, 'output'))).filter(
        (file) => !file.startsWith('shadow_releases/'),
      ),
      [],
    );
  });

  it('builds an optional track on request and rejects unknown tracks', async () => {
    const state = at('buffered');
    cpSync(at('fresh'), state, { recursive: true });
    const { answer, progress } = await succeeds(
      ['monthly-shadow-build', '--track', 'buffered_baseline'],
      state,
    );
    assert.deepEqual(
      answer.shadow_candidate_tracks.tracks.map((row: Record<string, string>) => row.track_id),
      ['official_baseline', 'challenger_topk_60', 'buffered_baseline'],
    );
    assert.doesNotMatch(progress, /^windows /m);
    const refused = await livePool(['monthly-shadow-build', '--track', 'x', '--state', at('none')]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /--track: expected one of buffered_baseline, got x/);
    assert.ok(!existsSync(at('none')));
  });

  describe('that is killed', () => {
    const begins = (state: string, environment: Readonly<Record<string, string>>) =>
      livePoolProcess(['monthly-shadow-build', ...flags(state, LAST_DAY)], {
        ...{ preload, environment },
      });
    const assertWhole = (state: string, point: string): void => {
      for (const name of FOLDERS) {
        const here = fileHashes(join(state, 'output', name));
        const aside = fileHashes(join(state, 'output', `${name}.previous`));
        const found = JSON.stringify(Object.keys(here).length > 0 ? here : aside);
        const whole = ['earlier', 'fresh'].map((one) =>
          JSON.stringify(fileHashes(join(output(one), name))),
        );
        assert.ok(whole.includes(found), `${name} is torn, killed before ${point}`);
      }
    };
    const left = (state: string) =>
      localServices({
        ...{ state: stateFolder(state), cloud: undefined, localBucket: undefined },
        ...{ wait: undefined, now: undefined, json: false, quiet: true },
      }).unfinished();
    const resume = async (state: string): Promise<void> => {
      await build(state);
      assert.deepEqual(fileHashes(join(state, 'output')), fileHashes(output('fresh')));
    };

    // Before the index, before the pointer, and with nothing, or half of it, in the output.
    const points = [
      'builds/.*index\\.json',
      'rename .*shadow/current\\.json',
      'rename .*\\.next/shadow_releases$',
      'rename .*\\.next/shadow_candidate_tracks$',
    ];
    it('leaves the earlier history complete and is finished by the next build', async () => {
      const first = 'shadow/windows/';
      cpSync(at('earlier'), at('begun'), { recursive: true });
      const killed = await begins(at('begun'), { KILL_BEFORE: first });
      assert.equal(killed.code, null, `the process should have died: ${killed.stderr}`);
      assertWhole(at('begun'), first);
      const { shadow, resume: again } = (await left(at('begun'))) ?? {};
      assert.equal(again, undefined);
      assert.match(
        String(shadow),
        new RegExp(`^monthly-shadow-build --source csv .* --as-of-date ${LAST_DAY} --now `),
      );
      // The monthly stages have finished by then, so the copy need not rank again; and one process
      // leaves all the folders.
      const from = at('copied');
      cpSync(at('begun'), from, { recursive: true });
      copyWindows(at('fresh'), from);
      const copies = points.map((before, number) => ({ before, from, to: at(`killed-${number}`) }));
      const copied = await begins(from, { COPIES: JSON.stringify(copies) });
      assert.equal(copied.code, 0, copied.stderr);
      for (const { before, to } of copies) {
        assertWhole(to, before);
        await resume(to);
      }
      await resume(at('begun'));
    });
  });
});
