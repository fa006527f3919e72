// The shadow history of one market in a process of its own: `shadow.ts NAME` prints a JSON report.
// Workers start from compiled files, so the build's own code is measured as it is installed.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { historyFiles } from '../../functions/shadow/history-files.js';
import { inSharedMemory } from '../../functions/shadow/shared-memory-sample.js';
import { trackHistory } from '../../functions/shadow/track-history.js';
import { DEFAULTS } from '../../shared/contract/constants.js';
import { BENCHMARK, START_DAY } from '../../shared/ranking/parameters.js';
import { treeModel } from '../../shared/ranking/tree-model.js';
import { prepareResearch } from '../../shared/research/prepare-research.js';
import { SHADOW_TRACKS } from '../../shared/research/tracks/shadow-tracks.js';
import type { WindowScores } from '../../shared/research/walk-forward/score-window.js';
import { encodeWindowScores } from '../../shared/research/walk-forward/window-codec.js';
import { windowKey } from '../../shared/research/walk-forward/window-key.js';
import { planWindows } from '../../shared/research/walk-forward/windows.js';
import { getOrThrow } from '../support/get-or-throw.js';
import type { StageTime } from './live-build.js';
import { benchMarkets } from './markets.js';

export interface ShadowReport {
  readonly stages: readonly StageTime[];
  readonly windows: number;
  readonly peakMegabytes: number;
}

const compiled = resolve(import.meta.dirname, '../../dist/functions/shadow/worker-scorer.js');
const { workerScorer }: typeof import('../../functions/shadow/worker-scorer.js') = await import(
  pathToFileURL(compiled).href
);

const market = benchMarkets().find(({ name }) => name === process.argv[2]);
assert.ok(market, `no market named ${process.argv[2]}`);
const { source, asOf } = market;
const stages: StageTime[] = [];
const timed = async <A>(name: string, task: () => A | Promise<A>, rows: (result: A) => number) => {
  const start = performance.now();
  const result = await task();
  stages.push({ name, milliseconds: performance.now() - start, rows: rows(result) });
  return result;
};

const metadata = getOrThrow(await source.metadata()());
const symbols = [BENCHMARK, ...metadata.map(({ symbol }) => symbol)];
const bars = getOrThrow(await source.bars(symbols, { first: START_DAY, last: asOf })());
const research = await timed(
  'prepare',
  () => {
    const prepared = getOrThrow(prepareResearch({ bars, metadata, asOf, mode: DEFAULTS.mode }));
    return { ...prepared, sample: inSharedMemory(prepared.sample) };
  },
  ({ panel }) => panel.close.length,
);
const { sample, panel } = research;
const jobs = SHADOW_TRACKS.flatMap(({ target }) =>
  planWindows(panel.calendar.length).map((window) => ({ window, target })),
);
const keys = await timed(
  'keys',
  () => jobs.map(({ window, target }) => windowKey(sample, window, target, treeModel.backend)),
  () => sample.features.rows,
);
assert.equal(new Set(keys).size, jobs.length);
const windows: WindowScores[] = [];
await timed(
  'windows',
  async () =>
    getOrThrow(
      await workerScorer().score(sample, jobs, (one) => TE.fromIO(() => windows.push(one)))(),
    ),
  () => windows.reduce((sum, { trainRows }) => sum + trainRows, 0),
);
await timed(
  'encode',
  () => windows.map(encodeWindowScores),
  () => windows.reduce((sum, { linear }) => sum + linear.length, 0),
);
const histories = await timed(
  'evaluate',
  () => SHADOW_TRACKS.map((track) => trackHistory(research, windows, track, DEFAULTS.poolSize)),
  () => sample.features.rows,
);
await timed(
  'files',
  () => getOrThrow(historyFiles(research, histories, DEFAULTS)),
  () => sample.features.rows,
);
const report: ShadowReport = {
  stages,
  windows: jobs.length,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(JSON.stringify(report));
