// One market, stage by stage, in a process of its own: `live-build.ts NAME` prints a JSON report.
import assert from 'node:assert/strict';
import { AsOfDate, Mode, Timestamp } from '../../shared/codec/primitives.js';
import { buildRelease } from '../../shared/contract/build-release.js';
import { isoDay } from '../../shared/day.js';
import type { BarSeries } from '../../shared/market-data/bars.js';
import { openSnapshot, sealSnapshot } from '../../shared/market-data/snapshot.js';
import { completeLiveBuild } from '../../shared/ranking/live-build.js';
import { BENCHMARK, START_DAY } from '../../shared/ranking/parameters.js';
import { prepareLiveBuild } from '../../shared/ranking/prepare-build.js';
import { treeModel } from '../../shared/ranking/tree-model.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { benchMarkets } from './markets.js';

export interface StageTime {
  readonly name: string;
  readonly milliseconds: number;
  /** What the stage works through: bars, or the rows that the trees learn from. */
  readonly rows: number;
}

export interface BuildReport {
  readonly stages: readonly StageTime[];
  readonly peakMegabytes: number;
}

const rowsOf = (series: readonly BarSeries[]): number =>
  series.reduce((sum, one) => sum + one.day.length, 0);

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

const range = { first: START_DAY, last: asOf };
const loaded = await timed(
  'load',
  async () => {
    const metadata = getOrThrow(await source.metadata()());
    const symbols = metadata.map(({ symbol }) => symbol);
    return { metadata, series: getOrThrow(await source.bars(symbols, range)()) };
  },
  ({ series }) => rowsOf(series),
);
const bars = rowsOf(loaded.series);
const sealed = await timed(
  'seal',
  () => getOrThrow(sealSnapshot({ range, benchmark: BENCHMARK, previousPool: [], ...loaded })),
  () => bars,
);
const snapshot = await timed(
  'open',
  () => getOrThrow(openSnapshot(sealed.manifestBytes, sealed.barsBytes)),
  () => bars,
);
const build = await timed(
  'features',
  () =>
    getOrThrow(
      prepareLiveBuild({
        bars: snapshot.series,
        metadata: snapshot.metadata,
        previousPool: [],
        asOf,
        mode: 'core_major',
        poolSize: 5,
      }),
    ),
  ({ panel }) => panel.close.length,
);
const { data } = build;
assert.ok(data, 'too few rows to fit models');
const scores = await timed(
  'trees',
  () => treeModel.fit(data.training)(data.scoring),
  () => data.training.target.length,
);
const ranking = await timed(
  'score',
  () => completeLiveBuild(build, { backend: treeModel.backend, scores }),
  () => data.training.target.length,
);
await timed(
  'artifacts',
  () => {
    const asOfDate = isoDay(asOf);
    const mode = 'core_major';
    const generatedAt = `${asOfDate}T00:00:00+00:00`;
    assert.ok(AsOfDate.is(asOfDate) && Mode.is(mode) && Timestamp.is(generatedAt));
    const rows = ranking.rows.map((row) => ({
      symbol: row.symbol,
      rule_score: row.rule.normalised,
      linear_score: row.linear.normalised,
      ml_score: row.tree.normalised,
      final_score: row.finalScore,
      confidence: row.confidence,
      regime: ranking.regime,
    }));
    return getOrThrow(
      buildRelease({
        asOfDate,
        mode,
        generatedAt,
        sourceProject: 'bench',
        universe: rows.map(({ symbol }) => symbol),
        ranking: rows,
        pool: ranking.rows.filter(({ selected }) => selected),
      }),
    );
  },
  () => ranking.rows.length,
);
const report: BuildReport = { stages, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(JSON.stringify(report));
