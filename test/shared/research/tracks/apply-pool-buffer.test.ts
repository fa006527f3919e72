import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluatePools } from '../../../../shared/research/evaluation/pool-evaluation.js';
import { totalOrder } from '../../../../shared/research/evaluation/tie-breaking.js';
import { applyPoolBuffer } from '../../../../shared/research/tracks/apply-pool-buffer.js';
import { shadowReleases } from '../../../../shared/research/tracks/shadow-releases.js';
import { handMadeMarket, handMadeScores } from '../hand-made-market.js';

const text = (pool: string, ranked: string, size: number, buffer: number): string =>
  applyPoolBuffer([...ranked], [...pool], size, buffer).join('');

describe('applyPoolBuffer', () => {
  const cases: readonly (readonly [
    title: string,
    before: string,
    ranked: string,
    buffer: number,
    pool: string,
  ])[] = [
    ['is the best when there was none', '', 'ABCDEFG', 2, 'ABC'],
    ['is the best without a buffer', 'EFG', 'ABCDEFG', 0, 'ABC'],
    ['keeps members up to the last place of the buffer', 'DEF', 'ABCDEFG', 2, 'ADE'],
    ['drops a member behind the buffer', 'BCF', 'ABCDEFG', 2, 'ABC'],
    ['fills free places with the best others', 'EG', 'ABCDEFG', 2, 'ABE'],
    ['drops who is not ranked any more', 'XYE', 'ABCDEFG', 2, 'ABE'],
    ['is smaller when fewer are ranked', 'AB', 'AB', 2, 'AB'],
    ['stands in the order of the ranks', 'EDA', 'ABCDEFG', 2, 'ADE'],
  ];
  for (const [title, before, ranked, buffer, pool] of cases) {
    it(title, () => assert.equal(text(before, ranked, 3, buffer), pool));
  }

  it('never retains fewer members than the best selection would, nor any beyond the buffer', () => {
    const names = [...'ABCDEFGHIJ'];
    const shuffled = fc.shuffledSubarray(names, { minLength: 5 });
    const arbitrary = fc.tuple(shuffled, fc.shuffledSubarray(names, { maxLength: 4 }), fc.nat(4));
    fc.assert(
      fc.property(arbitrary, ([ranked, before, buffer]) => {
        const pool = applyPoolBuffer(ranked, before, 4, buffer);
        const best = ranked.slice(0, 4);
        const kept = (some: readonly string[]): number =>
          some.filter((symbol) => before.includes(symbol)).length;
        assert.equal(pool.length, 4);
        assert.ok(kept(pool) >= kept(best));
        assert.ok(pool.every((symbol) => ranked.indexOf(symbol) < 4 + buffer));
        if (buffer === 0) assert.deepEqual(pool, best);
      }),
    );
  });
});

describe('A buffered track', () => {
  // 1970-01-01 to 1970-03-31, and ranks at its four monthly dates.
  const DAYS = 90;
  const ranks: Readonly<Record<string, readonly [number, number, number, number]>> = {
    AUSDT: [1, 3, 3, 4],
    BUSDT: [2, 1, 4, 3],
    CUSDT: [3, 2, 1, 1],
    DUSDT: [4, 4, 2, 2],
  };
  const onDates = (values: readonly number[]): readonly number[] =>
    Array.from({ length: DAYS }, (_, day) => values[[0, 30, 58, 89].indexOf(day)] ?? Number.NaN);
  const market = handMadeMarket(
    Object.fromEntries(Object.keys(ranks).map((name) => [name, new Array<number>(DAYS).fill(1)])),
  );
  const perName = (read: (rank: number) => number) =>
    Object.fromEntries(
      Object.entries(ranks).map(([name, values]) => [name, onDates(values.map(read))]),
    );
  const scores = handMadeScores(market, {
    final_score: perName((rank) => 1 / rank),
    confidence: perName(() => 0.5),
    current_rank: perName((rank) => rank),
  });
  const releasesWith = (buffer?: number) => shadowReleases(market, scores, 2, buffer);

  it('carries its pool from month to month', () => {
    const pools = releasesWith(1).map(({ pool }) =>
      pool.map(({ symbol, rank }) => `${symbol.charAt(0)}${rank}`).join(' '),
    );
    // A stays with rank 3 as long as B and C need no more than one place; then B is fourth and
    // goes.
    assert.deepEqual(pools, ['A1 B2', 'B1 A3', 'C1 A3', 'C1 D2']);
  });

  it('counts its own churn', () => {
    const churn = (buffer?: number) => releasesWith(buffer).map((release) => release.churn);
    assert.deepEqual(churn(), [Number.NaN, 0.5, 0.5, 0]);
    assert.deepEqual(churn(1), [Number.NaN, 0, 0.5, 0.5]);
  });

  it('is the same track without a buffer', () => {
    assert.deepEqual(releasesWith(0), releasesWith());
  });

  it('is measured by the pools that it releases', () => {
    for (const buffer of [0, 1, 2]) {
      const measured = evaluatePools(market, scores, 2, totalOrder, buffer);
      assert.deepEqual(
        measured.map(({ day, symbols, churn }) => ({ day, symbols, churn })),
        releasesWith(buffer).map(({ asOf, pool, churn }) => ({
          day: asOf,
          symbols: pool.map(({ symbol }) => symbol),
          churn,
        })),
      );
    }
  });

  it('uses its last full pool after a month in which too few symbols were scored', () => {
    const thin = handMadeScores(market, {
      final_score: { ...perName((rank) => 1 / rank) },
      confidence: perName(() => 0.5),
      current_rank: {
        AUSDT: onDates([1, Number.NaN, 3, 1]),
        BUSDT: onDates([2, Number.NaN, 2, 2]),
        CUSDT: onDates([3, Number.NaN, 1, 3]),
        DUSDT: onDates([4, 1, 4, 4]),
      },
    });
    const measured = evaluatePools(market, thin, 2, totalOrder, 1);
    assert.deepEqual(
      measured.map(({ symbols }) => symbols.join()),
      ['AUSDT,BUSDT', 'DUSDT', 'BUSDT,AUSDT', 'AUSDT,BUSDT'],
    );
    assert.deepEqual(
      shadowReleases(market, thin, 2, 1).map(({ pool }) => pool.map(({ symbol }) => symbol).join()),
      ['AUSDT,BUSDT', 'BUSDT,AUSDT', 'AUSDT,BUSDT'],
    );
  });
});
