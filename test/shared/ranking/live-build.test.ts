import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { parseIsoDay } from '../../../shared/day.js';
import type { BarSeries } from '../../../shared/market-data/bars.js';
import { completeLiveBuild, rankLive } from '../../../shared/ranking/live-build.js';
import type { FitModel } from '../../../shared/ranking/models/training-data.js';
import { type LiveBuildInput, prepareLiveBuild } from '../../../shared/ranking/prepare-build.js';
import type { Ranking } from '../../../shared/ranking/ranking.js';
import { epochDay } from '../../../shared/units.js';
import { assertNear } from '../../support/assert-near.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { randomWalk, seededRandom, tradingPair } from '../../support/synthetic-bars.js';

const asOf = parseIsoDay('2023-05-31');
const LENGTH = 1100;
const first = asOf - LENGTH + 1;
const symbols = ['ADA', 'AVAX', 'BNB', 'BTC', 'DOT', 'ETH', 'JUP', 'LINK', 'LTC', 'SOL', 'XRP'].map(
  (base) => `${base}USDT`,
);
/** Ten days longer than the as-of day. */
const future = symbols.map((symbol, seed) =>
  randomWalk({ symbol, first, length: LENGTH + 10, seed, gaps: seed % 3 === 0 ? [500, 501] : [] }),
);
const input: LiveBuildInput = {
  bars: future,
  metadata: symbols.map((symbol) => tradingPair(symbol)),
  previousPool: [],
  asOf,
  mode: 'core_major',
  poolSize: 5,
};

/** A stand-in that depends on everything that a model is given. */
const standIn: FitModel = ({ features, target }) => {
  const level = target.reduce((sum, value, r) => sum + value * (features.values[r] ?? 0), 0);
  return (scoring) =>
    Float64Array.from({ length: scoring.rows }, (_, r) => (scoring.values[r] ?? 0) * level);
};
const rank = (change: Partial<LiveBuildInput> = {}): Ranking =>
  getOrThrow(rankLive({ ...input, ...change }, { backend: 'stand-in', fit: standIn }));

const shuffled = <A>(items: readonly A[], seed: number): readonly A[] => {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
};

const failureOf = (change: Partial<LiveBuildInput>) => {
  const result = rankLive({ ...input, ...change });
  assert.ok(E.isLeft(result));
  return result.left;
};

describe('rankLive', () => {
  const ranking = rank();

  it('ranks the eligible names, the first five selected', () => {
    assert.deepEqual(
      ranking.rows.map((one) => one.symbol).sort(),
      symbols.filter((symbol) => !['BNBUSDT', 'BTCUSDT', 'JUPUSDT'].includes(symbol)),
    );
    assert.deepEqual(
      ranking.rows.map((one) => one.rank),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
    assert.deepEqual(
      ranking.rows.map((one) => one.selected),
      [true, true, true, true, true, false, false, false],
    );
    assert.equal(rank({ poolSize: 2 }).rows.filter((one) => one.selected).length, 2);
  });

  it('is plain data that survives JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(ranking)), ranking);
  });

  it('gives the tree model a full matrix and reports its scores and name', () => {
    let seen: Parameters<FitModel>[0] | undefined;
    const spy: FitModel = (training) => {
      seen = training;
      return (scoring) => new Float64Array(scoring.rows).fill(0.25);
    };
    const result = getOrThrow(rankLive(input, { backend: 'spy', fit: spy }));
    assert.ok(seen);
    assert.equal(seen.features.columns, 44);
    assert.equal(seen.features.rows, result.model.trainingRows);
    assert.equal(seen.target.length, result.model.trainingRows);
    assert.ok(seen.features.values.every(Number.isFinite) && seen.target.every(Number.isFinite));
    assert.equal(result.model.tree, 'spy');
    assert.ok(result.rows.every((one) => one.tree.raw === 0.25));
  });

  it('is the same when the trees are fitted between its two halves', () => {
    const build = getOrThrow(prepareLiveBuild(input));
    assert.ok(build.data);
    const scores = standIn(build.data.training)(build.data.scoring);
    assert.deepEqual(completeLiveBuild(build, { backend: 'stand-in', scores }), ranking);
  });

  it('ranks by the other components without a tree model', () => {
    const result = getOrThrow(rankLive(input));
    assert.equal(result.model.tree, 'none');
    for (const { tree, rule, linear, finalScore } of result.rows) {
      assert.deepEqual(tree, { raw: null, normalised: null });
      const { weights } = result;
      const sum =
        (rule.normalised ?? NaN) * weights.rule + (linear.normalised ?? NaN) * weights.linear;
      assert.equal(finalScore, sum / (weights.rule + weights.linear));
    }
  });

  it('fits no model on fewer than 300 rows, and reports it', () => {
    const bars = future.map((one, i) =>
      i < 7 ? one : { ...one, quoteVolume: one.quoteVolume.map(() => 1) },
    );
    // A young market: membership begins 720 days in, and 90 more are purged.
    const early = first + 855;
    const result = rank({ bars, asOf: epochDay(early) });
    assert.ok(result.rows.length > 0);
    assert.ok(result.model.trainingRows < 300);
    assert.deepEqual(
      [result.model.linear, result.model.tree, result.model.fit],
      ['insufficient_data', 'insufficient_data', null],
    );
    assert.ok(result.rows.every((one) => one.linear.raw === null && one.tree.raw === null));
    for (const { finalScore, rule } of result.rows) {
      assertNear(finalScore, rule.normalised ?? NaN, 'final score');
    }
  });

  it('says why a symbol is not in the universe', () => {
    const of = (symbol: string) => ranking.candidates.find((one) => one.symbol === symbol);
    assert.deepEqual(
      ranking.candidates.map((one) => one.symbol),
      symbols,
    );
    assert.deepEqual(of('JUPUSDT')?.metadataFailures, ['leveraged_token']);
    assert.deepEqual(ranking.leveragedRuleDifferences, ['JUPUSDT']);
    assert.equal(of('JUPUSDT')?.loaded, false);
    assert.equal(of('BTCUSDT')?.isBenchmark, true);
    assert.equal(of('BTCUSDT')?.loaded, true);
    assert.equal(of('BTCUSDT')?.inUniverse, false);
    assert.equal(of('SOLUSDT')?.daily?.eligible, true);
    assert.deepEqual(of('SOLUSDT')?.daily?.failed, []);
  });

  it('names the measure that falls short, and by what', () => {
    const thin = (one: BarSeries): BarSeries =>
      one.symbol === 'SOLUSDT' ? { ...one, quoteVolume: one.quoteVolume.map(() => 15e6) } : one;
    const result = rank({ bars: future.map(thin) });
    const sol = result.candidates.find((one) => one.symbol === 'SOLUSDT');
    assert.deepEqual(sol?.daily?.failed, [
      { rule: 'liquidity', measure: 'avg_quote_vol_180', minimum: 18e6 },
    ]);
    assert.equal(sol?.daily?.measured.avg_quote_vol_180, 15e6);
    assert.equal(sol?.inUniverse, false);
    assert.equal(sol?.prefilter?.failed.length, 0);
  });

  it('loads a symbol of the previous pool though it is no candidate', () => {
    const jup = rank({ previousPool: ['JUPUSDT'] }).candidates.find(
      (one) => one.symbol === 'JUPUSDT',
    );
    assert.equal(jup?.loaded, true);
    assert.equal(jup?.inUniverse, false);
  });

  it('ends its training window before the longest label reaches the as-of day', () => {
    assert.deepEqual(ranking.model.window, { first: asOf - 90 - 719, last: asOf - 90 });
  });
});

describe('rankLive refuses', () => {
  it('an unknown mode', () => {
    const failure = failureOf({ mode: 'everything' });
    assert.equal(failure.code, 'configuration');
    assert.equal(
      failure.message,
      'mode: expected one of core_major, broad_liquid, got "everything"',
    );
  });

  it('a market whose benchmark has no bar on the as-of day, instead of taking an earlier one', () => {
    const bars = future.map((one) =>
      one.symbol === 'BTCUSDT'
        ? randomWalk({ symbol: 'BTCUSDT', first, length: LENGTH - 1, seed: 3 })
        : one,
    );
    const failure = failureOf({ bars });
    assert.deepEqual([failure.kind, failure.code], ['permanent', 'upstream-incomplete']);
    assert.match(failure.message, /BTCUSDT .* 2023-05-31: its last one is of 2023-05-30\./);
  });

  it('a market without the benchmark', () => {
    const failure = failureOf({ bars: future.filter((one) => one.symbol !== 'BTCUSDT') });
    assert.equal(failure.code, 'upstream-incomplete');
    assert.match(failure.message, /none at all/);
  });
});

describe('A ranking', () => {
  const ranking = rank();

  it('does not depend on the order of bars, metadata or previous pool', () => {
    const previousPool = ['SOLUSDT', 'JUPUSDT', 'ADAUSDT'];
    const expected = rank({ previousPool });
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const actual = rank({
          bars: shuffled(input.bars, seed),
          metadata: shuffled(input.metadata, seed + 1),
          previousPool: shuffled(previousPool, seed + 2),
        });
        // The account repeats the pool in the order that it was given in.
        assert.deepEqual({ ...actual, previousPool }, expected);
      }),
      { numRuns: 4 },
    );
  });

  it('does not change when future bars are appended', () => {
    const past = future.map((one) => ({
      ...one,
      ...Object.fromEntries(
        Object.entries(one).map(([name, values]) => [
          name,
          typeof values === 'string' ? values : values.subarray(0, one.day.indexOf(asOf) + 1),
        ]),
      ),
    }));
    assert.ok(past.every((one) => one.day.at(-1) === asOf));
    assert.deepEqual(rank({ bars: past }), ranking);
  });

  it('has the same ranks and scores when the prices of one symbol are in another unit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...symbols),
        fc.integer({ min: -20, max: 20 }),
        (symbol, exponent) => {
          const unit = 2 ** exponent;
          const scale = (prices: Float64Array) => prices.map((price) => price * unit);
          const bars = future.map((one) =>
            one.symbol === symbol
              ? {
                  ...one,
                  open: scale(one.open),
                  high: scale(one.high),
                  low: scale(one.low),
                  close: scale(one.close),
                }
              : one,
          );
          assert.deepEqual(rank({ bars }).rows, ranking.rows);
        },
      ),
      { numRuns: 6 },
    );
  });
});
