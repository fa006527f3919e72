import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { livePool, temporaryFolder } from '../../support/cli.js';
import { fileHashes } from '../../support/file-hashes.js';

const HEADER = 'date,open,high,low,close,volume,quote_volume';
const rowsUntil = (...days: readonly string[]): string =>
  [HEADER, ...days.map((day) => `${day},1,2,1,2,5,10`), ''].join('\n');
const COMPLETE = rowsUntil('2025-12-30', '2025-12-31');

describe('live-pool run on incomplete data', () => {
  const folder = temporaryFolder();

  const runOn = async (
    bars: Readonly<Record<string, string>>,
    statuses: Readonly<Record<string, string>>,
    previousPool: string,
  ) => {
    rmSync(folder(), { recursive: true, force: true });
    const data = join(folder(), 'bars');
    mkdirSync(data, { recursive: true });
    for (const [symbol, text] of Object.entries(bars))
      writeFileSync(join(data, `${symbol}.csv`), text);
    const metadata = join(folder(), 'metadata.csv');
    const pairs = Object.entries(statuses).map(
      ([symbol, status]) => `${symbol},${status},${symbol.slice(0, -4)},USDT,True,SPOT`,
    );
    const columns = 'symbol,status,base_asset,quote_asset,is_spot_trading_allowed,permissions';
    writeFileSync(metadata, [columns, ...pairs].join('\n'));
    const state = join(folder(), 'state');
    const run = await livePool([
      'run',
      ...['--source', 'csv', '--data-dir', data, '--metadata', metadata, '--state', state],
      ...['--as-of-date', '2025-12-31', '--allow-stale', '--previous-pool', previousPool],
    ]);
    const written = Object.keys(fileHashes(join(state, 'bucket'))).map(
      (path) => path.split('/')[2],
    );
    return { ...run, written: [...new Set(written)] };
  };

  const TRADING = { BTCUSDT: 'TRADING', ETHUSDT: 'TRADING', XRPUSDT: 'TRADING' };

  it('ends with exit code 6 if a member of the previous pool has no file', async () => {
    const run = await runOn(
      { BTCUSDT: COMPLETE, ETHUSDT: COMPLETE },
      { BTCUSDT: 'TRADING', ETHUSDT: 'TRADING' },
      'ETHUSDT,XRPUSDT',
    );
    assert.equal(run.code, 6, run.stderr);
    assert.match(run.stderr, /the pool lacks 1 \(XRPUSDT\)\. A member that is gone for good/);
    assert.deepEqual(run.written, ['events']);
  });

  it('ends with exit code 6 if too few candidates have the bar of the day', async () => {
    const behind = rowsUntil('2025-12-29', '2025-12-30');
    const run = await runOn(
      { BTCUSDT: COMPLETE, ETHUSDT: COMPLETE, XRPUSDT: behind },
      TRADING,
      'none',
    );
    assert.equal(run.code, 6, run.stderr);
    assert.match(run.stderr, /1 of 2 candidates lack it \(XRPUSDT\)/);
    assert.deepEqual(run.written, ['events']);
  });

  it('runs without a member that the exchange has delisted', async () => {
    const ended = rowsUntil('2025-12-10', '2025-12-11');
    const run = await runOn(
      { BTCUSDT: COMPLETE, ETHUSDT: COMPLETE, XRPUSDT: ended },
      { ...TRADING, XRPUSDT: 'BREAK' },
      'ETHUSDT,XRPUSDT',
    );
    // Two coins are too few, which rank reports; ingest accepts them.
    assert.equal(run.code, 3, run.stderr);
    assert.match(run.stderr, /rank: Expected at least 5 eligible symbols/);
    assert.deepEqual(run.written, ['events', 'evidence', 'snapshots']);
  });
});
