// `npm run bench`: how fast the month is, stage by stage and as a whole process, its shadow
// history, and how the cost grows. Ratios within one run mean something; absolute times belong to
// the machine.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { START_DAY } from '../../shared/ranking/parameters.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { sharedFolder } from '../support/shared-folder.js';
import type { BinanceReport } from './binance.js';
import { measureGrowth } from './growth.js';
import type { BuildReport } from './live-build.js';
import { benchMarkets } from './markets.js';
import type { ShadowReport } from './shadow.js';

const root = resolve(import.meta.dirname, '../..');
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const cell = (value: number, digits = 0): string => value.toFixed(digits).padStart(9);

const perSecond = (rows: number, milliseconds: number): string =>
  cell((rows / milliseconds) * 1000);

const stageTable = (name: string): void => {
  const script = join(import.meta.dirname, 'live-build.ts');
  const output = execFileSync(process.execPath, ['--import=tsx', script, name], { cwd: root });
  const report: BuildReport = JSON.parse(output.toString('utf8'));
  say(`\n${name}: stages of the live build`);
  say(`${'stage'.padEnd(10)}${'ms'.padStart(9)}${'rows'.padStart(9)}${'rows/s'.padStart(9)}`);
  for (const { name: stage, milliseconds, rows } of report.stages)
    say(`${stage.padEnd(10)}${cell(milliseconds)}${cell(rows)}${perSecond(rows, milliseconds)}`);
  const total = report.stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  say(`${'total'.padEnd(10)}${cell(total)}   peak RSS ${report.peakMegabytes.toFixed(0)} MB`);
};

const wholeProcess = (name: string, words: readonly string[]): void => {
  const folder = mkdtempSync(join(tmpdir(), 'live-pool-bench-'));
  try {
    const peakTo = join(folder, 'peak');
    const preload = new URL('peak-memory.mjs', import.meta.url).href;
    const command = ['--import', preload, join(root, 'dist/deploy/cli/main.js'), 'run', ...words];
    const start = performance.now();
    execFileSync(process.execPath, [...command, '--quiet', '--state', join(folder, 'state')], {
      cwd: root,
      env: { ...process.env, PEAK_TO: peakTo },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    const peak = Number(readFileSync(peakTo, 'utf8')).toFixed(0);
    say(`${name.padEnd(24)}${seconds.padStart(6)} s   peak RSS ${peak} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const binanceTable = (): void => {
  const script = join(import.meta.dirname, 'binance.ts');
  const output = execFileSync(process.execPath, ['--import=tsx', script], { cwd: root });
  const report: BinanceReport = JSON.parse(output.toString('utf8'));
  const { symbols, bars, firstMilliseconds, laterMilliseconds, peakMegabytes } = report;
  say(`\n${symbols} symbols from a fake exchange, kept on disk (at most 20 s and 300 MB)`);
  for (const [name, milliseconds] of [
    ['first run', firstMilliseconds],
    ['later run', laterMilliseconds],
  ] as const)
    say(
      `${name.padEnd(10)}${cell(milliseconds)} ms${cell(bars)} rows${perSecond(bars, milliseconds)} rows/s`,
    );
  say(`peak RSS ${peakMegabytes.toFixed(0)} MB, the exchange's own process not counted`);
};

const shadowTable = (name: string): void => {
  const script = join(import.meta.dirname, 'shadow.ts');
  const output = execFileSync(process.execPath, ['--import=tsx', script, name], { cwd: root });
  const { stages, windows, peakMegabytes }: ShadowReport = JSON.parse(output.toString('utf8'));
  say(`\n${name}: both shadow tracks, ${windows} windows on ${availableParallelism()} cores`);
  for (const { name: stage, milliseconds, rows } of stages)
    say(`${stage.padEnd(10)}${cell(milliseconds)}${cell(rows)}${perSecond(rows, milliseconds)}`);
  const total = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  say(
    `${'total'.padEnd(10)}${cell(total)}   peak RSS ${peakMegabytes.toFixed(0)} MB (at most 25 s and 700 MB on binance-1d, for which the reference takes 135 s)`,
  );
};

const markets = benchMarkets();
for (const { name } of markets) stageTable(name);

// The wide market is there for its width; the others are what a month looks like.
for (const { name } of markets.slice(0, 2)) shadowTable(name);

binanceTable();

say('\nlive-pool run, input to published pool, as a whole process (3 runs each)');
const bars = sharedFolder('data/binance-1d');
const metadata = sharedFolder('data/binance-1d.symbol_metadata.2025-12-31.csv');
for (let run = 0; run < 3; run += 1) {
  wholeProcess('golden market', []);
  if (bars === undefined || metadata === undefined) continue;
  wholeProcess('binance-1d', [
    ...['--source', 'csv', '--data-dir', bars, '--metadata', metadata],
    ...['--as-of-date', '2025-12-31', '--allow-stale'],
  ]);
}

const widest = markets.at(-1);
if (widest !== undefined) {
  const known = getOrThrow(await widest.source.metadata()());
  const range = { first: START_DAY, last: widest.asOf };
  const symbols = known.map(({ symbol }) => symbol);
  say(`\n${widest.name}: growth of everything that is computed per bar (linear = equal rows/s)`);
  for (const { what, rows, milliseconds } of measureGrowth(
    getOrThrow(await widest.source.bars(symbols, range)()),
  ))
    say(
      `${what.padEnd(22)}${cell(rows)} rows${cell(milliseconds)} ms${perSecond(rows, milliseconds)} rows/s`,
    );
}
