import assert from 'node:assert/strict';
import { boundaryText } from '../../../shared/explanation/boundary-text.js';
import { explain } from '../../../shared/explanation/explain.js';
import { augustTie, evidenceOf, type Name, name } from './constructed-evidence.js';

const SIX_ELEVENTHS = 6 / 11;

describe('the boundary of the pool', () => {
  it('states the lead of the last selected symbol over the first excluded one', () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter, i) =>
      name(`${letter}USDT`, [6 - i, 6 - i, 6 - i]),
    );
    const told = explain(evidenceOf(names));
    const { keys, ...boundary } = told.boundary;
    assert.deepEqual(boundary, {
      last_in: 'EUSDT',
      first_out: 'FUSDT',
      margin: 2 / 6 - 1 / 6,
      tie: false,
      last_bits: false,
      decided_by: 'final_score',
    });
    assert.deepEqual(keys[0], { key: 'final_score', last_in: 2 / 6, first_out: 1 / 6 });
    assert.equal(
      boundaryText(told),
      'EUSDT is in over FUSDT by 0.166667: final score 0.333333 against 0.166667.',
    );
  });

  const steady: readonly [number, number, number] = [6, 6, 6];
  const torn: readonly [number, number, number] = [7, 5, 5];
  const alike: readonly [number, number, number] = [6.5, 5.5, 5.5];
  const even = { stability: 0.7, volume: 3e7 };
  const ties: readonly (readonly [
    title: string,
    one: Name,
    other: Name,
    expected: readonly [lastIn: string, decidedBy: string],
    sentence: string,
  ])[] = [
    [
      'the confidence, as in August 2026',
      name('SOLUSDT', steady),
      name('ZECUSDT', torn, { stability: 0.9, volume: 9e9 }),
      ['SOLUSDT', 'confidence'],
      'A tie-break decided: SOLUSDT and ZECUSDT have the same final score, 0.545455. The higher confidence is in: 0.636364 against 0.510396.',
    ],
    [
      'the liquidity stability',
      name('SOLUSDT', alike, { ...even, volume: 9e9 }),
      name('ZECUSDT', alike, { ...even, stability: 0.8 }),
      ['ZECUSDT', 'liquidity_stability'],
      'A tie-break decided: ZECUSDT and SOLUSDT have the same final score, 0.545455. The higher liquidity stability is in, after the same confidence: 0.800000 against 0.700000.',
    ],
    [
      'the volume',
      name('SOLUSDT', alike, even),
      name('ZECUSDT', alike, { ...even, volume: 4e7 }),
      ['ZECUSDT', 'avg_quote_vol_180'],
      'A tie-break decided: ZECUSDT and SOLUSDT have the same final score, 0.545455. The higher mean daily volume over 180 days is in, after the same confidence and liquidity stability: 40.00m USDT against 30.00m USDT.',
    ],
    [
      'the symbol alone',
      name('ZECUSDT', alike, even),
      name('SOLUSDT', alike, even),
      ['SOLUSDT', 'symbol'],
      'A tie-break decided: SOLUSDT and ZECUSDT have the same final score, 0.545455. Alphabetical order, after the same confidence, liquidity stability and mean daily volume over 180 days: SOLUSDT comes before ZECUSDT.',
    ],
    [
      'a volume that the other one misses',
      name('SOLUSDT', alike, { ...even, volume: Number.NaN }),
      name('ZECUSDT', alike, even),
      ['ZECUSDT', 'avg_quote_vol_180'],
      'A tie-break decided: ZECUSDT and SOLUSDT have the same final score, 0.545455. The higher mean daily volume over 180 days is in, after the same confidence and liquidity stability: 30.00m USDT against missing.',
    ],
  ];
  for (const [title, one, other, [lastIn, decidedBy], sentence] of ties)
    it(`reports a tie that was broken by ${title}`, () => {
      const told = explain(evidenceOf(augustTie(one, other)));
      const { boundary } = told;
      assert.deepEqual(
        [boundary.last_in, boundary.margin, boundary.tie, boundary.decided_by],
        [lastIn, 0, true, decidedBy],
      );
      assert.deepEqual(boundary.keys[0], {
        key: 'final_score',
        last_in: SIX_ELEVENTHS,
        first_out: SIX_ELEVENTHS,
      });
      const deciding = boundary.keys.find(({ key }) => key === decidedBy);
      assert.notEqual(deciding?.last_in, deciding?.first_out);
      assert.equal(boundaryText(told), sentence);
    });

  it('reports a difference in the last bit, which is not a tie', () => {
    // Solana and Bitcoin Cash at the end of 2025: 34 of 44 points both, added up in another order.
    const names = [
      name('ETHUSDT', [10, 11, 11]),
      name('LTCUSDT', [9, 10, 10]),
      name('BCHUSDT', [11, 4, 8]),
      name('SOLUSDT', [8, 9, 9]),
      name('AUSDT', [7, 8, 7]),
      name('BUSDT', [6, 7, 6]),
      name('CUSDT', [5, 6, 5]),
      name('DUSDT', [4, 5, 4]),
      name('EUSDT', [3, 3, 3]),
      name('FUSDT', [2, 2, 2]),
      name('GUSDT', [1, 1, 1]),
    ];
    const told = explain(evidenceOf(names, { poolSize: 3 }));
    const { boundary } = told;
    assert.ok(boundary.margin !== null && boundary.margin > 0 && boundary.margin < 1e-15);
    assert.deepEqual(
      [boundary.tie, boundary.last_bits, boundary.decided_by],
      [false, true, 'final_score'],
    );
    assert.equal(
      boundaryText(told),
      'SOLUSDT is in over BCHUSDT by rounding alone: their final scores are the same but for the last bit, 0.7727272727272728 against 0.7727272727272727.',
    );
  });

  it('has no boundary if the universe is no larger than the pool', () => {
    const names = [name('AUSDT', [1, 2, 3]), name('BUSDT', [3, 2, 1])];
    const told = explain(evidenceOf(names, { poolSize: 2 }));
    assert.equal(told.boundary.first_out, null);
    assert.deepEqual(
      [told.boundary.margin, told.boundary.tie, told.boundary.keys],
      [null, false, []],
    );
    assert.deepEqual(told.sensitivity, { moves: [], weights: [] });
    assert.match(boundaryText(told), /has 2 members, all of them in the pool/);
  });
});
