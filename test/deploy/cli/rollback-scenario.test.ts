import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { livePool, temporaryFolder } from '../../support/cli.js';
import { fileHashes } from '../../support/file-hashes.js';
import { SINCE_OCTOBER, writeSmallHistory } from '../../support/small-history.js';

const october = '2025-10-31-core_major';
const november = '2025-11-30-core_major';
const december = '2025-12-31-core_major';
const january = '2026-01-31-core_major';

const bucket = 'bucket/live-pool-local/crypto-live-pool-pipelines';
const document = 'firestore/strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL.json';

/**
 * The README's rollback story, and what is refused along the way. On a market that ranks at once:
 * the months differ, and what ranks them does not matter here.
 */
describe('a rollback after three months', () => {
  const folder = temporaryFolder();
  const state = (): string => join(folder(), 'data');

  const run = async (now: string, ...args: string[]) => {
    const done = await livePool([
      ...args,
      ...['--now', now, '--state', state(), '--format', 'json', '--quiet'],
    ]);
    return { ...done, answer: done.stdout === '' ? undefined : JSON.parse(done.stdout) };
  };
  let source: readonly string[];
  before(() => {
    const { bars, metadata } = writeSmallHistory(folder(), SINCE_OCTOBER);
    source = ['--source', 'csv', '--data-dir', bars, '--metadata', metadata];
  });
  const publish = (day: string, now: string) => run(now, 'run', ...source, '--as-of-date', day);
  const seen = async (now: string) => {
    const { answer } = await run(now, 'status');
    return [
      answer.version,
      answer.promotion_seq,
      answer.current_consistent,
      answer.document_consistent,
    ];
  };
  const ledger = async (): Promise<readonly unknown[]> => {
    const { answer } = await run('2026-02-02T00:00:00Z', 'history');
    return answer.map((entry: Record<string, unknown>) => [entry.seq, entry.version, entry.intent]);
  };

  it('publishes October, November and December', async () => {
    for (const [day, now] of [
      ['2025-10-31', '2025-11-01T00:30:00Z'],
      ['2025-11-30', '2025-12-01T00:30:00Z'],
      ['2025-12-31', '2026-01-01T00:30:00Z'],
    ] as const) {
      const { code, answer, stderr } = await publish(day, now);
      assert.equal(code, 0, stderr);
      assert.equal(answer.outcome, 'published');
    }
    assert.deepEqual(await seen('2026-01-01T01:00:00Z'), [december, 3, true, true]);
  });

  it('prints the plan of a rollback and changes nothing', async () => {
    const before = fileHashes(join(state(), 'firestore'));
    const args = ['rollback', '--to', november, '--reason', 'wrong bars', '--dry-run'];
    const { code, answer } = await run('2026-01-02T03:00:00Z', ...args);
    assert.equal(code, 0);
    assert.deepEqual(answer, {
      from_version: december,
      version: november,
      promotion_seq: 4,
      intent: 'rollback',
      days_left: 12,
    });
    assert.deepEqual(fileHashes(join(state(), 'firestore')), before);
  });

  it('rolls back to November', async () => {
    const args = ['rollback', '--to', november, '--reason', 'wrong bars'];
    const { code, answer, stderr } = await run('2026-01-02T03:00:00Z', ...args);
    assert.equal(code, 0, stderr);
    assert.deepEqual([answer.version, answer.promotion_seq, answer.days_left], [november, 4, 12]);
    assert.deepEqual(await seen('2026-01-02T03:01:00Z'), [november, 4, true, true]);
    const release = fileHashes(join(state(), bucket, 'releases', november));
    assert.deepEqual(fileHashes(join(state(), bucket, 'current')), release);
  });

  it('ignores late copies of December’s messages', async () => {
    const places = ['bucket', 'object-metadata', 'firestore'];
    const all = () => places.map((place) => fileHashes(join(state(), place)));
    const before = all();
    for (const topic of ['release-materialised', 'release-promoted']) {
      const args = ['replay', '--topic', topic, '--version', december];
      const { code, answer } = await run('2026-01-03T00:00:00Z', ...args);
      assert.equal(code, 5);
      assert.equal(answer.outcome, 'superseded');
    }
    const again = await publish('2025-12-31', '2026-01-03T00:00:00Z');
    assert.equal(again.code, 5);
    assert.equal(again.answer.outcome, 'superseded');
    assert.deepEqual(all(), before);
  });

  it('rejects a rollback with another expected promotion', async () => {
    const args = ['rollback', '--to', october, '--reason', 'why not', '--expected-seq', '3'];
    const { code, stderr } = await run('2025-12-03T00:00:00Z', ...args);
    assert.equal(code, 5);
    assert.match(stderr, /expected_seq is 3 but the current promotion is 4/);
  });

  it('publishes January after the rollback', async () => {
    const { answer } = await publish('2026-01-31', '2026-02-01T00:30:00Z');
    assert.deepEqual([answer.outcome, answer.promotion_seq], ['published', 5]);
    assert.deepEqual(await seen('2026-02-01T01:00:00Z'), [january, 5, true, true]);
  });

  it('rejects a release without days left and suggests restate', async () => {
    const args = ['rollback', '--to', october, '--reason', 'too old'];
    const { code, stderr } = await run('2026-02-01T03:00:00Z', ...args);
    assert.equal(code, 4);
    assert.match(stderr, /0 days left of 45.*live-pool restate --from 2025-10-31-core_major/);
    assert.deepEqual(await seen('2026-02-01T03:01:00Z'), [january, 5, true, true]);
  });

  it('restates October’s pool under a new date', async () => {
    const args = ['restate', '--from', october, '--as-of-date', '2026-02-01'];
    const { code, answer, stderr } = await run(
      '2026-02-01T04:00:00Z',
      ...args,
      ...['--reason', 'October was right'],
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      [answer.version, answer.promotion_seq, answer.days_left],
      ['2026-02-01-core_major', 6, 45],
    );
    assert.deepEqual(await seen('2026-02-01T04:01:00Z'), ['2026-02-01-core_major', 6, true, true]);
    const poolOf = (version: string): unknown =>
      JSON.parse(readFileSync(join(state(), bucket, 'releases', version, 'live_pool.json'), 'utf8'))
        .symbols;
    assert.deepEqual(poolOf('2026-02-01-core_major'), poolOf(october));
    const evidence = join(state(), bucket, 'evidence/2026-02-01-core_major/restatement.json');
    const { restated_from, reason } = JSON.parse(readFileSync(evidence, 'utf8'));
    assert.deepEqual([restated_from, reason], [october, 'October was right']);
  });

  it('has every promotion in the ledger', async () => {
    assert.deepEqual(await ledger(), [
      [1, october, 'publish'],
      [2, november, 'publish'],
      [3, december, 'publish'],
      [4, november, 'rollback'],
      [5, january, 'publish'],
      [6, '2026-02-01-core_major', 'restate'],
    ]);
    const { code, answer } = await run('2026-02-02T00:00:00Z', 'history', '--verify');
    assert.deepEqual([code, answer], [0, { ok: true, entries: 6, problems: [] }]);
  });

  it('repairs what was changed by hand', async () => {
    writeFileSync(join(state(), bucket, 'current/live_pool.json'), '{}');
    const text = readFileSync(join(state(), document), 'utf8');
    writeFileSync(join(state(), document), text.replace('"pool_size": 5', '"pool_size": 4'));
    const now = '2026-02-02T00:00:00Z';
    const deviating = ['current/live_pool.json', 'strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL'];
    const preview = await run(now, 'reconcile', '--dry-run');
    assert.deepEqual(preview.answer, { changed: deviating });
    assert.deepEqual((await run(now, 'reconcile')).answer, { changed: deviating });
    assert.deepEqual(await seen(now), ['2026-02-01-core_major', 6, true, true]);
    assert.deepEqual((await run(now, 'reconcile')).answer, { changed: [] });
  });

  it('detects a ledger that was changed by hand', async () => {
    const entry = join(state(), 'firestore/live_pool_ledger/00000004.json');
    const text = readFileSync(entry, 'utf8');
    writeFileSync(entry, text.replace('wrong bars', 'no reason'));
    const { code, answer } = await run('2026-02-02T00:00:00Z', 'history', '--verify');
    const status = await run('2026-02-02T00:00:00Z', 'status');
    writeFileSync(entry, text);
    assert.equal(code, 3);
    assert.deepEqual(answer.problems, ['entry 4: its content does not give its hash']);
    assert.deepEqual(status.answer.disagreements, answer.problems);
    assert.match(status.answer.next_step.command, /^live-pool history --verify /);
  });

  it('warns that readers refuse the release with --allow-stale', async () => {
    const copy = join(folder(), 'stale');
    cpSync(state(), copy, { recursive: true });
    const args = ['rollback', '--to', november, '--reason', 'all of them are', '--allow-stale'];
    const { code, stdout } = await livePool([
      ...args,
      ...['--now', '2026-02-11T00:00:00Z', '--state', copy, '--quiet'],
    ]);
    rmSync(copy, { recursive: true });
    assert.equal(code, 0);
    assert.match(stdout, /^Rolled back from 2026-02-01-core_major to 2025-11-30-core_major as/);
    assert.match(
      stdout,
      /^Readers refuse it for its age \(73 days old\) and keep the pool that they have\.$/m,
    );
    assert.match(stdout, /live-pool restate --from 2025-11-30-core_major --as-of-date 2026-02-11/);
    assert.doesNotMatch(stdout, /accept/);
  });

  describe('refuses', () => {
    const onCopy = async (
      damage: (copy: string) => void,
      args: readonly string[],
    ): Promise<Awaited<ReturnType<typeof livePool>>> => {
      const copy = join(folder(), 'copy');
      cpSync(state(), copy, { recursive: true });
      damage(copy);
      const changeable = ['firestore', 'pubsub', bucket].map((name) => join(copy, name));
      const before = changeable.map((path) => fileHashes(path));
      const now = ['--now', '2026-02-02T00:00:00Z', '--state', copy, '--quiet'];
      const done = await livePool([...args, ...now]);
      assert.deepEqual(
        changeable.map((path) => fileHashes(path)),
        before,
      );
      rmSync(copy, { recursive: true });
      return done;
    };
    const nothing = (): void => undefined;
    const back = (to: string, reason = 'because'): readonly string[] => [
      ...['rollback', '--to', to, '--reason', reason],
    ];
    const released = (copy: string): string => join(copy, bucket, 'releases', january);

    it('a reason of 10,000 characters (exit 2)', async () => {
      const { code, stderr } = await onCopy(nothing, back(january, 'x'.repeat(10_000)));
      assert.equal(code, 2);
      assert.match(stderr, /a reason of 1 to 500 characters/);
    });
    const byCommand: Readonly<Record<string, readonly string[]>> = {
      rollback: ['--to', january],
      restate: ['--from', january, '--as-of-date', '2026-02-02'],
      replay: ['--topic', 'release-materialised', '--version', january, '--intent', 'rollback'],
    };
    for (const [command, args] of Object.entries(byCommand))
      it(`a reason of 420 Japanese characters to ${command}, with its bytes (exit 2)`, async () => {
        const { code, stderr } = await onCopy(nothing, [
          ...[command, ...args, '--reason', '理'.repeat(420)],
        ]);
        assert.equal(code, 2);
        assert.match(
          stderr,
          /--reason: expected at most 1024 bytes in UTF-8, got 1260 bytes \(420 characters\)/,
        );
      });
    for (const [flags, got] of [
      [['--mode', 'broad_liquid'], 'mode broad_liquid and 5 symbols'],
      [['--pool-size', '4'], 'mode core_major and 4 symbols'],
    ] as const)
      it(`a run that no reader accepts: ${flags.join(' ')} (exit 3)`, async () => {
        const args = ['run', ...source, '--as-of-date', '2026-02-01', ...flags];
        const { code, stdout, stderr } = await onCopy(nothing, args);
        assert.deepEqual([code, stdout], [3, '']);
        assert.ok(stderr.includes(`accept mode core_major and 5 symbols, got ${got}`), stderr);
        assert.match(stderr, /Add --dry-run/);
      });
    it('a version that does not exist (exit 3)', async () => {
      const { code, stderr } = await onCopy(nothing, back('2024-01-31-core_major'));
      assert.equal(code, 3);
      assert.match(stderr, /There is no release 2024-01-31-core_major/);
    });
    it('the version that is current (exit 5)', async () => {
      const { code, stderr } = await onCopy(nothing, back('2026-02-01-core_major'));
      assert.equal(code, 5);
      assert.match(stderr, /is current already/);
    });
    it('an incomplete release (exit 3)', async () => {
      const damage = (copy: string): void => {
        for (const place of ['bucket', 'object-metadata'])
          for (const suffix of ['', '.json'])
            rmSync(
              `${released(copy).replace('bucket/', `${place}/`)}/latest_ranking.csv${suffix}`,
              {
                force: true,
              },
            );
      };
      const { code, stderr } = await onCopy(damage, back(january));
      assert.equal(code, 3);
      assert.match(stderr, /missing: latest_ranking\.csv/);
    });
    it('a tampered artifact (exit 3)', async () => {
      const damage = (copy: string): void => {
        const file = join(released(copy), 'live_pool.json');
        writeFileSync(file, readFileSync(file, 'utf8').replace('"pool_size": 5', '"pool_size": 6'));
      };
      const { code, stderr } = await onCopy(damage, back(january));
      assert.equal(code, 3);
      assert.match(stderr, /live_pool/);
    });
    it('a release without days left, even if its run allowed staleness (exit 4)', async () => {
      const copy = join(folder(), 'waived');
      cpSync(state(), copy, { recursive: true });
      const at = ['--now', '2026-02-02T00:00:00Z', '--state', copy, '--quiet'];
      const late = await livePool([
        ...['run', ...source, '--as-of-date', '2025-12-15', '--allow-stale', ...at],
      ]);
      assert.equal(late.code, 5, late.stderr);
      const args = back('2025-12-15-core_major');
      for (const more of [[], ['--dry-run']]) {
        const { code, stderr } = await livePool([...args, ...more, ...at]);
        assert.equal(code, 4, stderr);
        assert.match(stderr, /has 0 days left of 45/);
      }
      rmSync(copy, { recursive: true });
    });
    for (const [args, file] of [
      [['restate', '--from', january, '--as-of-date', '2026-02-02', '--reason', 'x'], 'manifest'],
      [['restate', '--from', january, '--as-of-date', '2026-02-02', '--reason', 'x'], 'payload'],
      [['report', '--version', january], 'manifest'],
      [['report', '--version', january], 'payload'],
      [['release', 'verify', january], 'manifest'],
      [['release', 'show', january], 'payload'],
    ] as const)
      it(`to ${args[0]} from an altered ${file} (exit 3)`, async () => {
        const name = file === 'manifest' ? 'artifact_manifest.json' : 'live_pool.json';
        const damage = (copy: string): void => {
          const path = join(released(copy), name);
          // The fields that other checks read stay unchanged.
          writeFileSync(path, readFileSync(path, 'utf8').replace(/:\d{2}\+00:00"|\}\n*$/, '$& '));
        };
        const { code, stdout, stderr } = await onCopy(damage, args);
        assert.equal(code, 3, stdout);
        assert.match(`${stdout}${stderr}`.replaceAll(/\s+/g, ' '), /is altered: expected SHA-256/);
      });
    for (const [args, said] of [
      [['reconcile', '--dry-run'], /the promotion state is lost \(readers have promotion 6\)/],
      [['reconcile'], /the promotion state is lost \(readers have promotion 6\)/],
      [back(january), /the promotion state is lost \(readers have promotion 6\)/],
      [['explain'], /the promotion state is lost \(readers have promotion 6\)/],
    ] as const)
      it(`to ${args[0]} after the ledger is lost (exit 5)`, async () => {
        const damage = (copy: string): void => {
          for (const collection of ['live_pool_ledger', 'live_pool_control'])
            rmSync(join(copy, 'firestore', collection), { recursive: true });
        };
        const { code, stdout, stderr } = await onCopy(damage, args);
        assert.deepEqual([code, stdout], [5, '']);
        assert.match(stderr, said);
        assert.match(stderr, /See: live-pool status --state/);
      });
    it('to call a lost ledger an empty one (exit 0)', async () => {
      const damage = (copy: string): void =>
        rmSync(join(copy, 'firestore/live_pool_ledger'), { recursive: true });
      const { code, stdout } = await onCopy(damage, ['history']);
      assert.equal(code, 0);
      assert.match(stdout, /^The ledger is empty: the promotion state is lost \(readers have/);
      const json = await onCopy(damage, ['history', '--format', 'json']);
      assert.equal(json.stdout, '[]\n');
    });
    it('to restate at or behind the newest date (exit 5)', async () => {
      const args = ['restate', '--from', october, '--as-of-date', '2026-01-15'];
      const { code, stderr } = await onCopy(nothing, [...args, '--reason', 'because']);
      assert.equal(code, 5);
      assert.match(stderr, /must be newer than 2026-02-01/);
    });
  });
});
