// Makes the fixtures with the code of the commit that README.md names. Not a test.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '../../../support/fake-exchange/faults.js';
import { packFolder } from '../packed.js';
import { beforeAcknowledgement, type Ending, runCommand } from './command.js';
import { CORRECTED, market } from './market.js';
import { keepArchived, keepWaiting } from './messages.js';
import { openExchange } from './open-exchange.js';

const fixtures = join(import.meta.dirname, '..');
const messages = join(fixtures, 'messages');
const work = mkdtempSync(join(tmpdir(), 'live-pool-upgrade-'));
const exchange = await openExchange();

const onExchange = async (
  words: readonly string[],
  day: string,
  now: string,
  ending?: Ending,
): Promise<void> => {
  exchange.setClock(now);
  const source = ['--source', 'binance', '--binance-url', exchange.url, '--as-of-date', day];
  await runCommand(join(work, 'exchange'), now, [...words, ...source], ending);
};

const keepFolder = (name: string): void => {
  // A lock names a process; on another machine that may be one that lives.
  rmSync(join(work, name, 'lock'), { recursive: true, force: true });
  packFolder(join(work, name), join(fixtures, `${name}.zip.br`));
};

const makeExchangeFolder = async (): Promise<void> => {
  const state = join(work, 'exchange');
  const { symbol, day, before, after } = CORRECTED;
  exchange.correct(symbol, day, before);
  await onExchange(['run'], '2025-12-31', '2026-01-01T00:30:00Z');
  await onExchange(['run'], '2026-01-31', '2026-02-01T00:30:00Z');
  await runCommand(state, '2026-02-03T09:00:00Z', [
    ...['rollback', '--to', '2025-12-31-core_major', '--reason', 'wrong bars in January'],
  ]);
  exchange.correct(symbol, day, after);
  await onExchange(['run'], '2026-02-28', '2026-03-01T00:30:00Z');
  await runCommand(state, '2026-03-02T09:00:00Z', [
    ...['restate', '--from', '2026-01-31-core_major', '--as-of-date', '2026-03-02'],
    ...['--reason', 'January was right after all'],
  ]);
  await onExchange(['monthly-shadow-build'], '2026-02-28', '2026-03-03T09:00:00Z');
  await onExchange(['run', '--dry-run'], '2026-03-08', '2026-03-09T00:30:00Z');
  const illegal = status(400, '{"code":-1100,"msg":"Illegal characters."}');
  exchange.addFault({ symbol: 'LTCUSDT', times: 1, reply: illegal });
  await onExchange(['run', '--dry-run'], '2026-03-09', '2026-03-10T00:30:00Z', { code: 6 });
  keepFolder('exchange');
};

const makeDemoFolder = async (): Promise<void> => {
  const state = join(work, 'demo');
  await runCommand(state, '2026-02-01T00:30:00Z', ['run', '--as-of-date', '2026-01-31']);
  await runCommand(state, '2026-03-14T00:30:00Z', ['run'], beforeAcknowledgement('rank'));
  keepFolder('demo');
};

/** The month of March, killed in each function, on top of the folder that is packed already. */
const makeMessages = async (): Promise<void> => {
  const state = join(work, 'exchange');
  const waiting = join(messages, 'waiting');
  for (const name of ['ingest', 'rank', 'materialise', 'promote', 'sync-firestore']) {
    const ending = beforeAcknowledgement(name);
    await onExchange(['run'], '2026-03-31', '2026-04-01T00:30:00Z', ending);
    keepWaiting(state, name, waiting);
  }
  await onExchange(['run'], '2026-03-31', '2026-04-01T00:30:00Z');
  const reconcile = beforeAcknowledgement('reconcile');
  await runCommand(state, '2026-04-01T06:00:00Z', ['reconcile'], reconcile);
  keepWaiting(state, 'reconcile', waiting);
  keepArchived(state, '2026-03-31-core_major', join(messages, 'archived'));
};

const keepMarket = (): void => {
  mkdirSync(join(work, 'market'));
  for (const [symbol, text] of Object.entries(market))
    writeFileSync(join(work, 'market', `${symbol}.csv`), text);
  packFolder(join(work, 'market'), join(fixtures, 'market.zip.br'));
};

rmSync(messages, { recursive: true, force: true });
await makeExchangeFolder();
await makeDemoFolder();
await makeMessages();
keepMarket();
await exchange.close();
rmSync(work, { recursive: true });
