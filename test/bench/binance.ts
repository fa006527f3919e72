// The Binance source against a fake exchange: `binance.ts` measures and prints a JSON report; the
// exchange is a process of its own (`binance.ts serve`), so that its memory is not counted.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, isoDay, parseIsoDay } from '../../shared/day.js';
import { diskObjectStore } from '../../shared/local/disk-object-store.js';
import { binanceExchange } from '../../shared/market-data/binance/exchange.js';
import { binanceSource } from '../../shared/market-data/binance/source.js';
import { madeUpCsv } from '../support/fake-exchange/fake-bars.js';
import { fakeExchange } from '../support/fake-exchange/fake-exchange.js';
import { getOrThrow } from '../support/get-or-throw.js';

export interface BinanceReport {
  readonly symbols: number;
  readonly bars: number;
  /** Everything from the exchange. */
  readonly firstMilliseconds: number;
  /** The last days from the exchange, everything else from the disk. */
  readonly laterMilliseconds: number;
  readonly peakMegabytes: number;
}

const SYMBOLS = 90;
const DAYS = 2600;
const AS_OF = parseIsoDay('2025-12-31');
const clock = () => new Date('2026-01-01T00:30:00Z');

const serve = async (): Promise<void> => {
  const text = madeUpCsv(isoDay(addDays(AS_OF, 1 - DAYS)), DAYS);
  const symbols = Array.from({ length: SYMBOLS }, (_, index) => `X${index + 10}USDT`);
  const bars = Object.fromEntries(symbols.map((symbol) => [symbol, text]));
  const exchange = await fakeExchange({ bars, now: clock });
  process.stdout.write(exchange.url);
};

const serverUrl = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    server.stdout?.once('data', (chunk) => resolve(String(chunk)));
    server.once('exit', (code) => reject(new Error(`the fake exchange ended with ${code}`)));
  });

const measure = async (baseUrl: string, folder: string): Promise<BinanceReport> => {
  const load = async () => {
    const start = performance.now();
    const source = binanceSource({
      exchange: binanceExchange({ baseUrl, clock, random: () => 0.5 }),
      objects: diskObjectStore(join(folder, 'objects'), join(folder, 'records')),
      clock,
    });
    const symbols = getOrThrow(await source.metadata()()).map(({ symbol }) => symbol);
    const range = { first: addDays(AS_OF, 1 - DAYS), last: AS_OF };
    const series = getOrThrow(await source.bars(symbols, range)());
    const bars = series.reduce((sum, { day }) => sum + day.length, 0);
    return { symbols: series.length, bars, milliseconds: performance.now() - start };
  };
  const first = await load();
  const later = await load();
  assert.equal(later.bars, SYMBOLS * DAYS);
  return {
    symbols: first.symbols,
    bars: first.bars,
    firstMilliseconds: first.milliseconds,
    laterMilliseconds: later.milliseconds,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
};

if (process.argv[2] === 'serve') await serve();
else {
  const script = join(import.meta.dirname, 'binance.ts');
  const server = spawn(process.execPath, ['--import=tsx', script, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = mkdtempSync(join(tmpdir(), 'live-pool-bench-'));
  try {
    process.stdout.write(JSON.stringify(await measure(await serverUrl(server), folder)));
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
