import assert from 'node:assert/strict';
import { UNIVERSE_MODES } from '../../../shared/ranking/parameters.js';
import { prefilter } from '../../../shared/ranking/prefilter.js';
import { randomWalk } from '../../support/synthetic-bars.js';

const [coreMajor] = UNIVERSE_MODES;
assert.ok(coreMajor);

/**
 * `passing` names that pass, and `failing` ones that trade too little; the later, the more volume.
 */
const market = (passing: number, failing: number) => {
  const name = (prefix: string, i: number) => `${prefix}${String(i).padStart(2, '0')}USDT`;
  return [
    ...Array.from({ length: passing }, (_, i) =>
      randomWalk({
        symbol: name('P', i),
        first: 0,
        length: 720,
        seed: i,
        quoteVolume: 1e8 + i * 1e7,
      }),
    ),
    ...Array.from({ length: failing }, (_, i) =>
      randomWalk({
        symbol: name('F', i),
        first: 0,
        length: 720,
        seed: i,
        quoteVolume: 1e5 + i * 1e4,
      }),
    ),
  ];
};

const loadedBy = (passing: number, failing: number, previousPool: readonly string[] = []) =>
  prefilter(market(passing, failing), previousPool, coreMajor).loaded;

describe('The prefilter', () => {
  for (const [passing, failing, selected, why] of [
    [3, 30, 15, 'tops up to 15'],
    [18, 30, 18, 'takes no one more when 18 pass'],
    [28, 30, 28, 'keeps all that pass: 24 caps the top-up only'],
    [3, 4, 7, 'takes everyone when there are fewer'],
  ] as const) {
    it(`loads ${selected} of ${passing} that pass and ${failing} that do not: ${why}`, () => {
      const loaded = loadedBy(passing, failing);
      assert.equal(loaded.length, selected + 1);
      assert.equal(loaded.filter((symbol) => symbol.startsWith('P')).length, passing);
      assert.ok(loaded.includes('BTCUSDT'));
    });
  }

  it('tops up with the names of most volume', () => {
    const failing = loadedBy(13, 10).filter((symbol) => symbol.startsWith('F'));
    assert.deepEqual(failing, ['F08USDT', 'F09USDT']);
  });

  it('loads the previous pool in any case, each symbol once', () => {
    const loaded = loadedBy(20, 10, ['F00USDT', 'P01USDT', 'BTCUSDT']);
    assert.equal(loaded.length, 22);
    assert.ok(loaded.includes('F00USDT'));
  });

  it('gives every candidate a place and the checks that it failed', () => {
    const { candidates } = prefilter(market(2, 2), [], coreMajor);
    assert.deepEqual(
      candidates.map((one) => [one.place, one.symbol]),
      [
        [1, 'P01USDT'],
        [2, 'P00USDT'],
        [3, 'F01USDT'],
        [4, 'F00USDT'],
      ],
    );
    assert.deepEqual(candidates[0]?.failed, []);
    assert.deepEqual(
      candidates[3]?.failed.map((check) => check.measure),
      [
        'avg_quote_vol_30',
        'avg_quote_vol_90',
        'avg_quote_vol_180',
        'liquidity_days_90',
        'liquidity_days_180',
      ],
    );
  });

  it('measures short histories over what is there', () => {
    const walk = randomWalk({ symbol: 'NEWUSDT', first: 0, length: 40, seed: 3, quoteVolume: 2e7 });
    const quoteVolume = walk.quoteVolume.map((volume, t) => (t < 10 ? 0 : volume));
    const [candidate] = prefilter([{ ...walk, quoteVolume }], [], coreMajor).candidates;
    assert.ok(candidate);
    const { measured } = candidate;
    assert.equal(measured.age_days, 40);
    assert.equal(measured.avg_quote_vol_90, measured.avg_quote_vol_180);
    assert.ok(Math.abs(measured.liquidity_stability - 0.75) < 1e-12);
    assert.equal(measured.tradable_ratio_180, 0.75);
    assert.equal(measured.liquidity_days_180, 30);
    assert.equal(candidate.latestDay, 39);
  });
});
