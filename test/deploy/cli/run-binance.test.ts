import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveRows } from '../../shared/market-data/archive/archive-folder.js';
import { livePool, livePoolProcess, temporaryFolder } from '../../support/cli.js';
import { madeUpCsv } from '../../support/fake-exchange/fake-bars.js';
import { type FakeExchange, fakeExchange } from '../../support/fake-exchange/fake-exchange.js';
import { status, tooManyRequests } from '../../support/fake-exchange/faults.js';
import { fileHashes } from '../../support/file-hashes.js';
import { describeWithShared } from '../../support/shared-folder.js';

const root = (state: string): string =>
  join(state, 'bucket/live-pool-local/crypto-live-pool-pipelines');
const WHEN = ['--as-of-date', '2025-12-31', '--now', '2026-01-01T00:30:00Z'];
const START = `${Date.parse('2019-01-01T00:00:00Z')}`;
const WEEK_BEFORE = `${Date.parse('2025-12-24T00:00:00Z')}`;

const keptSymbols = (state: string): readonly string[] =>
  readdirSync(join(root(state), 'market-data/binance'))
    .filter((file) => file.endsWith('.bars'))
    .map((file) => file.slice(0, -'.bars'.length));

/** What a run decides and publishes, and the snapshot that it decided on. */
const published = (state: string) =>
  Object.fromEntries(
    ['snapshots', 'releases', 'current'].map((folder) => [
      folder,
      fileHashes(join(root(state), folder)),
    ]),
  );

describeWithShared('live-pool run --source binance on real bars', (folder) => {
  const place = temporaryFolder();
  const metadataFile = folder('data/binance-1d.symbol_metadata.2025-12-31.csv');
  let exchange: FakeExchange;
  let interrupt: () => void = () => undefined;
  let calm: ReturnType<typeof published>;

  const run = (state: string, ...more: readonly string[]) =>
    livePool([
      ...['run', '--source', 'binance', '--binance-url', exchange.url],
      ...['--state', join(place(), state), ...WHEN, ...more],
    ]);

  /** The symbols requested in full, and the symbols whose last days were requested. */
  const askedSince = (count: number) => {
    const asked = exchange.requests.slice(count).filter(({ path }) => path === 'klines');
    const symbolsFrom = (startTime: string): readonly string[] =>
      asked
        .filter(({ query }) => query.startTime === startTime)
        .map(({ query }) => query.symbol ?? '')
        .sort();
    return { all: symbolsFrom(START), week: symbolsFrom(WEEK_BEFORE), count: asked.length };
  };

  before(async () => {
    exchange = await fakeExchange({
      dataDir: folder('data/binance-1d'),
      metadataFile,
      beforeReply: async () => interrupt(),
    });
    const state = join(place(), 'csv');
    const args = ['--data-dir', folder('data/binance-1d'), '--metadata', metadataFile];
    const csv = await livePool(['run', '--source', 'csv', ...args, '--state', state, ...WHEN]);
    assert.equal(csv.code, 0, csv.stderr);
    calm = published(state);
  });
  after(() => exchange.close());

  it('publishes the artifacts of --source csv, and later requests only new days', async () => {
    const first = await run('whole');
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(published(join(place(), 'whole')), calm);
    assert.match(first.stderr, /^bars 63\/63 [A-Z0-9]+USDT$/m);

    const kept = keptSymbols(join(place(), 'whole'));
    assert.equal(kept.length, 63);
    const before = exchange.requests.length;
    const second = await run('whole', '--dry-run');
    assert.equal(second.code, 0, second.stderr);
    assert.deepEqual(askedSince(before), { all: [], week: kept, count: 63 });
  });

  it('resumes after an interruption or a kill and ends with the same bytes', async () => {
    const state = join(place(), 'interrupted');
    const endAt = async (count: number, signal: NodeJS.Signals): Promise<void> => {
      let child: ChildProcess | undefined;
      const last = exchange.requests.length + count;
      interrupt = () => {
        if (exchange.requests.length >= last) child?.kill(signal);
      };
      const ended = await livePoolProcess(
        ['run', '--source', 'binance', '--binance-url', exchange.url, '--state', state, ...WHEN],
        {
          started: (process) => {
            child = process;
          },
        },
      );
      interrupt = () => undefined;
      assert.notEqual(ended.code, 0, 'it should have ended early');
    };

    await endAt(30, 'SIGINT');
    const afterFirst = keptSymbols(state);
    assert.ok(afterFirst.length > 5 && afterFirst.length < 30, `${afterFirst.length} kept`);
    const beforeSecond = exchange.requests.length;
    await endAt(60, 'SIGKILL');
    const afterSecond = keptSymbols(state);
    assert.deepEqual(
      askedSince(beforeSecond).all.filter((symbol) => afterFirst.includes(symbol)),
      [],
    );

    const beforeThird = exchange.requests.length;
    const ended = await run('interrupted');
    assert.equal(ended.code, 0, ended.stderr);
    const { all, week } = askedSince(beforeThird);
    const symbols = keptSymbols(state);
    assert.deepEqual(
      all,
      symbols.filter((symbol) => !afterSecond.includes(symbol)),
    );
    assert.ok(all.length > 0 && all.length < 50, `${all.length} of 63 fetched whole`);
    assert.deepEqual(week, afterSecond);
    assert.deepEqual(published(state), calm);
  });
});

describe('live-pool run --source binance', () => {
  const place = temporaryFolder();
  let exchange: FakeExchange | undefined;
  afterEach(() => exchange?.close());

  const bars = Object.fromEntries(
    ['ADAUSDT', 'BTCUSDT', 'LTCUSDT'].map((symbol) => [symbol, madeUpCsv('2025-09-23', 100)]),
  );

  it('prints why it waits and ends with exit code 6 when data are missing', async () => {
    const refusal = status(400, '{"code":-1100,"msg":"Illegal characters."}');
    exchange = await fakeExchange({
      bars,
      faults: [
        { symbol: 'ADAUSDT', times: 1, reply: tooManyRequests(1) },
        { symbol: 'LTCUSDT', reply: refusal },
      ],
    });
    const state = join(place(), 'refused');
    const args = ['run', '--source', 'binance', '--binance-url', exchange.url, '--state', state];
    const run = await livePool([...args, ...WHEN]);
    assert.equal(run.code, 6, run.stderr);
    assert.match(
      run.stderr,
      /^binance: HTTP 429 to klines of ADAUSDT from 2019-01-01; waiting 1\.0 s, as it asks$/m,
    );
    assert.match(
      run.stderr,
      /^error: ingest: binance: expected the bars of 3 symbols, but 1 failed: LTCUSDT\. The first, LTCUSDT: Binance refused .*-1100/m,
    );
    assert.deepEqual(readdirSync(root(state)).sort(), ['events', 'market-data']);
    assert.deepEqual(keptSymbols(state), ['ADAUSDT', 'BTCUSDT']);

    const quiet = await livePool([...args, ...WHEN, '--dry-run', '--quiet']);
    assert.equal(quiet.code, 6);
    assert.equal(quiet.stderr.trimEnd().split('\n').length, 1, quiet.stderr);
  });

  it('rejects conflicting flags and an invalid URL', async () => {
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [['--binance-url', 'http://x'], /--binance-url needs --source binance/],
      [['--source', 'binance', '--metadata', 'x'], /--data-dir and --metadata need --source csv/],
      [
        ['--source', 'binance', '--binance-url', 'ftp://x'],
        /--binance-url: expected an http or https address, got ftp:\/\/x/,
      ],
    ];
    for (const [args, sentence] of refusals) {
      const state = join(place(), 'untouched');
      const run = await livePool(['run', ...args, '--state', state]);
      assert.equal(run.code, 2);
      assert.match(run.stderr, sentence);
      assert.deepEqual(fileHashes(state), {});
    }
  });
});

describe('live-pool import', () => {
  const place = temporaryFolder();
  const name = 'TRXUSDT-1d-2025-01.csv';

  const importFrom = async (files: Readonly<Record<string, string>>, ...more: string[]) => {
    const archive = join(place(), 'archive');
    rmSync(archive, { recursive: true, force: true });
    mkdirSync(archive);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(archive, file), text);
    const state = join(place(), 'state');
    const args = ['import', '--archive', archive, '--state', state, '--format', 'json'];
    return { ...(await livePool([...args, ...more])), state };
  };

  it('stores the bars of an archive and counts them', async () => {
    const files = { [name]: archiveRows('2025-01-01', 31) };
    const first = await importFrom(files);
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(JSON.parse(first.stdout), { files: 1, symbols: 1, bars: 31, corrections: 0 });
    assert.deepEqual(keptSymbols(first.state), ['TRXUSDT']);

    const again = await importFrom({
      ...files,
      [name]: archiveRows('2025-01-01', 30) + archiveRows('2025-01-31', 1),
    });
    assert.deepEqual(JSON.parse(again.stdout), { files: 1, symbols: 1, bars: 0, corrections: 0 });

    const corrected = await importFrom({
      [name]: archiveRows('2025-01-31', 1).replace('9.50000000', '9.00000000'),
    });
    assert.deepEqual(JSON.parse(corrected.stdout).corrections, 1);
    assert.match(corrected.stderr, /^TRXUSDT, 2025-01-31: corrected, low 9\.5 → 9$/m);
  });

  it('rejects an unreadable archive and changes nothing', async () => {
    const before = fileHashes(join(place(), 'state'));
    const bad = await importFrom({ [name]: archiveRows('2025-02-01', 2) });
    assert.equal(bad.code, 6);
    assert.match(
      bad.stderr,
      /TRXUSDT-1d-2025-01\.csv, line 1, open_time: expected a day from 2025-01-01 to 2025-01-31, got 2025-02-01/,
    );
    const none = await importFrom({ [name]: archiveRows('2025-01-01', 1) }, '--symbols', 'BTCUSDT');
    assert.equal(none.code, 6);
    const misspelt = await importFrom({}, '--symbols', 'btcusdt');
    assert.equal(misspelt.code, 2);
    assert.match(misspelt.stderr, /--symbols: .*btcusdt/);
    const state = join(place(), 'state');
    const nowhere = await livePool(['import', '--archive', join(place(), 'no'), '--state', state]);
    assert.equal(nowhere.code, 7);
    const without = await livePool(['import', '--state', state]);
    assert.equal(without.code, 2);
    assert.deepEqual(fileHashes(state), before);
  });
});
