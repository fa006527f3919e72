import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { envelopedTopics } from '../../shared/topology.js';
import { livePool, temporaryFolder } from '../support/cli.js';
import { type FakeExchange, fakeExchange } from '../support/fake-exchange/fake-exchange.js';
import { fileHashes } from '../support/file-hashes.js';
import { unpackFolder } from './upgrade/packed.js';

const fixtures = join(import.meta.dirname, 'upgrade');
const BUCKET = 'bucket/live-pool-local/crypto-live-pool-pipelines';
/** Where everything in the bucket is written once, but for the pointers of shadow builds. */
const IMMUTABLE = ['releases', 'evidence', 'events', 'snapshots', 'scratch', 'shadow'];

const december = '2025-12-31-core_major';
const january = '2026-01-31-core_major';
const february = '2026-02-28-core_major';
const restatement = '2026-03-02-core_major';
const march = '2026-03-31-core_major';

type Hashes = Readonly<Record<string, string>>;

/** Unpacks a fixture before the suite, and runs commands on it. */
const unpacked = (name: string) => {
  const place = temporaryFolder();
  const state = (): string => join(place(), name);
  before(() => unpackFolder(join(fixtures, `${name}.zip.br`), state()));
  const written = (folder: string): Hashes => fileHashes(join(state(), BUCKET, folder));
  const run = async (now: string, ...words: readonly string[]) => {
    const line = [...words, '--state', state(), '--format', 'json', '--quiet'];
    const done = await livePool(now === '' ? line : [...line, '--now', now]);
    return { ...done, answer: done.stdout === '' ? undefined : JSON.parse(done.stdout) };
  };
  return {
    state,
    written,
    run,
    immutable: (): Hashes =>
      Object.fromEntries(
        IMMUTABLE.flatMap((folder) =>
          Object.entries(written(folder))
            .map(([path, hash]) => [`${folder}/${path}`, hash] as const)
            .filter(([path]) => !path.endsWith('shadow/current.json')),
        ),
      ),
    /** The version that readers see, its sequence, and whether all that they can read agrees. */
    seen: async (now: string): Promise<unknown> => {
      const { code, answer, stderr } = await run(now, 'status');
      assert.equal(code, 0, stderr);
      const { version, promotion_seq, current_consistent, document_consistent } = answer;
      return [version, promotion_seq, current_consistent, document_consistent];
    },
  };
};

/** What was there is unchanged; more may lie beside it. */
const assertKept = (before: Hashes, after: Hashes): void => {
  assert.notDeepEqual(before, {});
  const kept = Object.keys(before).map((path) => [path, after[path]]);
  assert.deepEqual(Object.fromEntries(kept), before);
};

describe('a state folder that ded252e filled from an exchange', function () {
  this.timeout(120_000);
  const { state, run, seen, written, immutable } = unpacked('exchange');
  let original: Hashes;
  before(() => {
    original = immutable();
  });
  afterEach(() => assertKept(original, immutable()));

  it('shows its restatement to readers', async () => {
    assert.deepEqual(await seen('2026-03-10T06:00:00Z'), [restatement, 5, true, true]);
  });

  it('has a ledger whose hashes hold', async () => {
    const verified = await run('2026-03-10T06:00:00Z', 'history', '--verify');
    assert.deepEqual([verified.code, verified.answer], [0, { ok: true, entries: 5, problems: [] }]);
    const { answer } = await run('2026-03-10T06:00:00Z', 'history');
    assert.deepEqual(
      answer.map((entry: Record<string, unknown>) => [entry.seq, entry.version, entry.intent]),
      [
        [1, december, 'publish'],
        [2, january, 'publish'],
        [3, december, 'rollback'],
        [4, february, 'publish'],
        [5, restatement, 'restate'],
      ],
    );
    assert.equal(
      answer.at(-1).hash,
      'db7e92a037eff5fc47630061eda4f9db6e1b826d3957f5df402a0dd063d34d67',
    );
  });

  it('has releases that satisfy the contract', async () => {
    for (const version of [december, january, february, restatement]) {
      const { code, answer } = await run('2026-03-10T06:00:00Z', 'release', 'verify', version);
      assert.deepEqual([code, answer], [0, { version, ok: true, problems: [] }]);
    }
  });

  it('explains a release, and a restatement by the month that it restates', async () => {
    const first = await run('2026-03-10T06:00:00Z', 'explain', '--version', february);
    assert.equal(first.code, 0, first.stderr);
    const { as_of_date, pool, boundary } = first.answer;
    assert.deepEqual(
      [as_of_date, pool.join(' '), boundary.last_in, boundary.first_out],
      ['2026-02-28', 'DOTUSDT XRPUSDT ETHUSDT TRXUSDT ADAUSDT', 'ADAUSDT', 'AVAXUSDT'],
    );
    const { code, answer } = await run('2026-03-10T06:00:00Z', 'explain', '--symbol', 'dot');
    assert.equal(code, 0);
    assert.deepEqual([answer.restated_from, answer.promotion_seq], [january, 5]);
    assert.deepEqual(
      answer.symbols.map(({ symbol, selected }: Record<string, unknown>) => [symbol, selected]),
      [['DOTUSDT', true]],
    );
  });

  it('reports a release', async () => {
    for (const version of [february, restatement]) {
      const path = join(state(), `${version}.html`);
      const { code, answer, stderr } = await run(
        '2026-03-10T06:00:00Z',
        ...['report', '--version', version, '--output', path],
      );
      assert.deepEqual([code, answer], [0, { path }], stderr);
      assert.match(readFileSync(path, 'utf8'), new RegExp(version));
    }
  });

  it('lists and discards its dead letter', async () => {
    const { answer } = await run('2026-03-10T06:00:00Z', 'dead-letters');
    assert.deepEqual(
      answer.map(({ function: name, code }: Record<string, unknown>) => [name, code]),
      [['ingest', 'upstream-incomplete']],
    );
    const words = ['--function', 'ingest', '--message-id', answer[0].message_id];
    const { code } = await run('2026-03-10T06:00:00Z', 'dead-letters', 'discard', ...words);
    assert.equal(code, 0);
    assert.deepEqual((await run('2026-03-10T06:00:00Z', 'dead-letters')).answer, []);
  });

  it('is reconciled where current/ has lost a file', async () => {
    const now = '2026-03-10T07:00:00Z';
    assert.deepEqual((await run(now, 'reconcile')).answer, { changed: [] });
    const release = written(`releases/${restatement}`);
    rmSync(join(state(), BUCKET, 'current/live_pool.json'));
    const { code, answer, stderr } = await run(now, 'reconcile');
    assert.equal(code, 0, stderr);
    assert.notDeepEqual(answer.changed, []);
    assert.deepEqual(written('current'), release);
    assert.deepEqual(await seen(now), [restatement, 5, true, true]);
  });

  it('replays messages of every topic from its archive', async () => {
    const now = '2026-03-10T08:00:00Z';
    const before = immutable();
    for (const topic of envelopedTopics) {
      const { code, answer, stderr } = await run(
        now,
        ...['replay', '--topic', topic, '--version', february],
      );
      const published = topic === 'live-pool-published';
      const expected = published ? [0, 'published'] : [5, 'superseded'];
      assert.deepEqual([code, answer?.outcome], expected, `${topic}: ${stderr}`);
      assert.ok(before[`events/${topic}/${answer.event_id}.json`], topic);
    }
    const words = ['replay', '--topic', 'release-promoted', '--version', restatement];
    assert.equal((await run(now, ...words)).answer.outcome, 'already_done');
    assert.deepEqual(immutable(), before);
    assert.deepEqual(await seen(now), [restatement, 5, true, true]);
  });

  it('is rolled back', async () => {
    const words = ['rollback', '--to', february, '--reason', 'February was right'];
    const { code, answer, stderr } = await run('2026-03-10T09:00:00Z', ...words);
    assert.equal(code, 0, stderr);
    assert.deepEqual(answer, {
      from_version: restatement,
      version: february,
      promotion_seq: 6,
      intent: 'rollback',
      days_left: 35,
    });
    assert.deepEqual(await seen('2026-03-10T09:01:00Z'), [february, 6, true, true]);
    assert.deepEqual(written('current'), written(`releases/${february}`));
  });

  it('takes a restatement of one of its releases', async () => {
    const { code, answer, stderr } = await run(
      '2026-03-10T10:00:00Z',
      ...['restate', '--from', december, '--as-of-date', '2026-03-10', '--reason', 'as before'],
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual([answer.version, answer.promotion_seq], ['2026-03-10-core_major', 7]);
    assert.deepEqual(await seen('2026-03-10T10:01:00Z'), ['2026-03-10-core_major', 7, true, true]);
  });

  describe('with the exchange', () => {
    let exchange: FakeExchange;
    let present = new Date(0);
    before(async () => {
      const market = join(state(), '..', 'market');
      unpackFolder(join(fixtures, 'market.zip.br'), market);
      exchange = await fakeExchange({ dataDir: market, now: () => present });
    });
    after(() => exchange.close());
    const onExchange = (words: readonly string[], day: string, now: string) => {
      present = new Date(now);
      const source = ['--source', 'binance', '--binance-url', exchange.url, '--as-of-date', day];
      return run(now, ...words, ...source);
    };

    it('recomputes no shadow window that it has kept', async () => {
      const before = written('shadow');
      const { code, answer, stderr } = await onExchange(
        ['shadow', 'releases'],
        '2026-02-28',
        '2026-03-10T11:00:00Z',
      );
      assert.equal(code, 0, stderr);
      assert.equal(answer.release_count, 10);
      assert.deepEqual(written('shadow'), before);
    });

    it('runs the next month on its kept bars, and asks for the newest alone', async () => {
      const corrections = written('market-data/binance/corrections');
      const asked = exchange.requests.length;
      const { code, answer, stderr } = await onExchange(
        ['run'],
        '2026-03-31',
        '2026-04-01T00:30:00Z',
      );
      assert.equal(code, 0, stderr);
      assert.deepEqual(
        [answer.version, answer.outcome, answer.promotion_seq, answer.symbols.length],
        [march, 'published', 8, 5],
      );
      assert.deepEqual(await seen('2026-04-01T01:00:00Z'), [march, 8, true, true]);
      const from = exchange.requests
        .slice(asked)
        .filter(({ path }) => path === 'klines')
        .map(({ query }) => Number(query.startTime));
      assert.equal(from.length, 11);
      assert.ok(Math.min(...from) >= Date.parse('2026-02-20T00:00:00Z'), from.join(' '));
      assert.deepEqual(written('market-data/binance/corrections'), corrections);
      const [archived = ''] = readdirSync(
        join(fixtures, 'messages/archived/monthly-run-requested'),
      );
      const requested = written('events/monthly-run-requested');
      assert.ok(requested[archived], 'the request has the event id that ded252e gave it');
      const { answer: verified } = await run('2026-04-01T01:00:00Z', 'history', '--verify');
      assert.deepEqual(verified, { ok: true, entries: 8, problems: [] });
    });
  });
});

describe('a state folder of the demo market that ded252e left in the middle of a month', function () {
  this.timeout(120_000);
  const { run, seen, immutable, written } = unpacked('demo');

  it('remembers the demo’s clock and its unfinished run', async () => {
    const { code, answer } = await run('', 'status');
    assert.equal(code, 0);
    assert.deepEqual(
      [answer.version, answer.age_days, answer.unfinished.pending],
      [january, 42, { rank: 1, materialise: 1 }],
    );
  });

  it('finishes the month with the messages that wait', async () => {
    const before = immutable();
    const ranked = written('events/pool-ranked');
    const { code, answer, stderr } = await run('2026-03-14T00:30:00Z', 'run');
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      [answer.version, answer.outcome, answer.promotion_seq],
      ['2026-03-13-core_major', 'published', 2],
    );
    assertKept(before, immutable());
    assert.deepEqual(written('events/pool-ranked'), ranked);
    assert.deepEqual(await seen(''), ['2026-03-13-core_major', 2, true, true]);
  });
});
