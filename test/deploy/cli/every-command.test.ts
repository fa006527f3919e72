import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { monthlyShadowText } from '../../../deploy/cli/commands/monthly-shadow-text.js';
import { releasesText } from '../../../deploy/cli/commands/shadow.js';
import { simulationText } from '../../../deploy/cli/commands/simulate.js';
import { MonthlySummary } from '../../../deploy/cli/run/monthly-summary.js';
import { stateFolder } from '../../../deploy/local/state-folder.js';
import { decode } from '../../../shared/codec/decode.js';
import { livePool, livePoolProcess, temporaryFolder } from '../../support/cli.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const JANUARY = '2026-01-31-core_major';
const MARCH = '2026-03-13-core_major';
const WIDTH = 80;

const assertNarrow = (what: string, text: string): void => {
  const wide = text.split('\n').filter((line) => [...line].length > WIDTH);
  assert.deepEqual(wide, [], `${what} is wider than ${WIDTH} columns`);
};

/** The path of every command that does something, and of every group, as a line names them. */
const paths = async (): Promise<{ readonly leaves: string[]; readonly groups: string[] }> => {
  const { makeProgram } = await import('../../../deploy/cli/program.js');
  const program = makeProgram([], () => undefined);
  const leaves: string[] = [];
  const groups: string[] = [];
  const walk = (command: Command, path: readonly string[]): void => {
    const own = path.join(' ');
    (command.commands.length > 0 ? groups : leaves).push(own);
    for (const sub of command.commands) walk(sub, [...path, sub.name()]);
  };
  walk(program, []);
  return { leaves, groups };
};

/** One line for every command, on a copy of the demo's state folder after two months. */
const lines: Readonly<Record<string, readonly string[]>> = {
  'contract schema': ['--output', 'schemas'],
  'contract validate': ['data/output', '--require-manifest'],
  'dead-letters': [],
  'dead-letters discard': ['--function', 'rank', '--message-id', '99'],
  explain: [],
  history: [],
  import: ['--archive', 'klines'],
  reconcile: [],
  'release diff': [JANUARY],
  'release list': [],
  'release show': [MARCH],
  'release verify': [MARCH],
  replay: ['--topic', 'release-promoted', '--version', MARCH],
  report: [],
  restate: ['--from', JANUARY, '--as-of-date', '2026-03-14', '--reason', 'it was right'],
  rollback: ['--to', JANUARY, '--reason', 'wrong bars'],
  status: [],
};
/** What takes half a minute or a process of its own; their text is drawn apart. */
const apart = ['monthly-shadow-build', 'run', 'shadow releases', 'simulate'];

const row = {
  ...{ profile_name: 'a', target_mode: 'future_topk_label_60', source_track: 'b' },
  ...{ candidate_status: 'official_baseline', release_count: 215, release_index_path: 'x' },
  ...{ first_as_of_date: '2021-05-31', last_as_of_date: '2026-03-13' },
};
const SUMMARY = {
  as_of_date: '2026-03-13',
  official_baseline: {
    ...{ profile: 'a', source_track: 'b', candidate_status: 'official_baseline' },
    ...{ version: MARCH, mode: 'core_major', pool_size: 5 },
    ...{ live_pool_path: 'x', live_pool_legacy_path: 'x' },
    publish_manifest_path: 'output/release_manifest.json',
  },
  shadow_candidate_tracks: {
    root_dir: 'output/shadow_candidate_tracks',
    track_summary_path: 'x',
    tracks: ['official_baseline', 'challenger_topk_60'].map((track_id) => ({ ...row, track_id })),
  },
};

const deadLetter = {
  ...{ id: 99, topic: 'rank-dead-letter', publishTime: '2026-03-14T00:31:00.000Z' },
  data: Buffer.from('{}').toString('base64'),
  attributes: {
    ...{ dead_letter_function: 'rank', dead_letter_code: 'stale' },
    dead_letter_reason: 'expected a release of at most 45 days, '.repeat(8),
  },
};

describe('every command', () => {
  const folder = temporaryFolder();
  const home = process.cwd();
  const texts = new Map<string, string>();
  let copies = 0;

  /** In a folder of its own, so that the default state folder is a fresh copy. */
  const onCopy = async (args: readonly string[]) => {
    copies += 1;
    const place = join(folder(), String(copies));
    cpSync(join(folder(), 'origin'), place, { recursive: true });
    process.chdir(place);
    try {
      return await livePool(args);
    } finally {
      process.chdir(home);
    }
  };

  before(async () => {
    const cwd = join(folder(), 'origin');
    mkdirSync(join(cwd, 'klines'), { recursive: true });
    const kline = `${Date.UTC(2025, 0, 1)},1,2,1,2,5,${Date.UTC(2025, 0, 2) - 1},10,1,1,1,0`;
    writeFileSync(join(cwd, 'klines', 'TRXUSDT-1d-2025-01.csv'), `${kline}\n`);
    const run = async (...args: string[]) => {
      const done = await livePoolProcess(['run', ...args], { cwd });
      assert.equal(done.code, 0, done.stderr);
      return done.stdout;
    };
    await run('--as-of-date', '2026-01-31', '--now', '2026-02-01T00:30:00Z');
    texts.set('run', await run());
    texts.set('shadow releases', releasesText(215, '2021-05-31', '2026-03-13', 'data/x.csv'));
    texts.set(
      'monthly-shadow-build',
      monthlyShadowText(getOrThrow(decode(MonthlySummary)(SUMMARY)), {
        state: stateFolder('data'),
      }),
    );
    const counts = { runs: 1, crash_points: 396, schedules: 100, seed: 1 };
    texts.set('simulate', simulationText({ ...counts, violations: ['seed 1: it '.repeat(30)] }));
    const letters = join(cwd, 'data/pubsub/dead-letters');
    mkdirSync(letters, { recursive: true });
    writeFileSync(join(letters, '00000099-rank-dead-letter.json'), JSON.stringify(deadLetter));
  });

  it('is covered by this test', async () => {
    const { leaves } = await paths();
    // Both a command and a group.
    const known = [...Object.keys(lines), ...apart].filter((name) => name !== 'dead-letters');
    assert.deepEqual([...leaves].sort(), known.sort());
  });

  it('has help with an example, in 80 columns', async () => {
    const { leaves, groups } = await paths();
    for (const path of [...leaves, ...groups]) {
      const { code, stdout } = await livePool([...path.split(' ').filter(Boolean), '--help']);
      assert.equal(code, 0, path);
      assert.match(stdout, /\nExample:\n {2}live-pool/, path);
      assertNarrow(`help of ${path}`, stdout);
    }
  });

  for (const [name, args] of Object.entries(lines))
    it(`${name} prints JSON with --format json, else text of 80 columns`, async () => {
      const line = [...name.split(' '), ...args];
      const json = await onCopy([...line, '--format', 'json']);
      const text = await onCopy(line);
      assert.deepEqual([json.code, text.code], [0, 0], `${json.stderr}${text.stderr}`);
      assert.equal(typeof JSON.parse(json.stdout), 'object');
      assert.throws(() => JSON.parse(text.stdout));
      assert.doesNotMatch(text.stdout, /^[[{]/m);
      assertNarrow(name, text.stdout);
    });

  it('that runs the month prints text of 80 columns, too', () => {
    assert.deepEqual([...texts.keys()].sort(), [...apart].sort());
    for (const [name, text] of texts) {
      assert.doesNotMatch(text, /^[[{]/m);
      assertNarrow(name, text);
    }
  });

  describe('on an invalid line', () => {
    for (const [line, said] of [
      ['stats', /unknown command 'stats'\n\(Did you mean status\?\)\nSee: live-pool --help/],
      ['release lst', /\(Did you mean list\?\)\nSee: live-pool release --help/],
      ['status --quite', /\(Did you mean --quiet\?\)\nSee: live-pool status --help/],
      ['status now', /too many arguments.*\nSee: live-pool status --help/],
      ['release show', /missing required argument 'version'\nSee: live-pool release show --help/],
      ['status --max-age-days x', /at least 0, got x\nSee: live-pool status --help/],
    ] as const)
      it(`suggests a correction for ${line} and names the help`, async () => {
        const { code, stdout, stderr } = await livePool(line.split(' '));
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, said);
      });

    for (const [line, said] of [
      [
        'status --state data/output/live_pool.json',
        /^error: --state: .*got the file .*json\nSee: /,
      ],
      ['report --output data', /^error: --output: .*got the folder data\nSee: live-pool report/],
    ] as const)
      it(`names the file or folder that ${line} cannot use`, async () => {
        const { code, stdout, stderr } = await onCopy(line.split(' '));
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(stderr, said);
      });

    it('prints the error of a system call without a stack', async () => {
      const output = 'data/output/live_pool.json/report.html';
      const { code, stderr } = await onCopy(['report', '--output', output]);
      assert.equal(code, 1);
      assert.match(stderr, /^error: [A-Z]+: .*live_pool\.json.*\n$/);
    });

    it('suggests a similar release', async () => {
      const { code, stderr } = await onCopy(['release', 'show', '2026-03-12-core_major']);
      assert.equal(code, 3);
      assert.match(stderr, /Did you mean 2026-03-13-core_major\? See: live-pool release list\n/);
    });
  });

  it('prints its version and commit', async () => {
    const text = await livePool(['--version']);
    assert.equal(text.code, 0);
    assert.match(
      text.stdout,
      /^live-pool \d+\.\d+\.\d+, (commit [0-9a-f]{40}|source commit unknown)\n$/,
    );
    const json = await livePool(['--version', '--format', 'json']);
    assert.deepEqual(Object.keys(JSON.parse(json.stdout)), ['version', 'revision']);
    // Commands have their own --version option.
    const explained = await onCopy(['explain', '--version', JANUARY]);
    assert.match(explained.stdout, /^2026-01-31-core_major/);
  });

  it('compares with the current release by default', async () => {
    const { stdout } = await onCopy(['release', 'diff', JANUARY, '--format', 'json']);
    const { from, to, members, parameters, artifacts, universe } = JSON.parse(stdout);
    assert.deepEqual([from, to, parameters], [JANUARY, MARCH, []]);
    assert.equal(members.entered.length, members.left.length);
    assert.equal(artifacts.length, 5);
    assert.ok(universe.length >= 5);
  });
});
