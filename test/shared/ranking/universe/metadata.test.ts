import assert from 'node:assert/strict';
import { UNIVERSE_MODES } from '../../../../shared/ranking/parameters.js';
import {
  containsKeyword,
  leveragedRuleDifferences,
  suffixOfListedAsset,
} from '../../../../shared/ranking/universe/leveraged.js';
import {
  failedMetadataRules,
  metadataBySymbol,
} from '../../../../shared/ranking/universe/metadata.js';
import { tradingPair } from '../../../support/synthetic-bars.js';

const modeOf = (name: string) => {
  const mode = UNIVERSE_MODES.find((one) => one.name === name);
  assert.ok(mode);
  return mode;
};

describe('The metadata rules', () => {
  for (const [title, metadata, expected] of [
    ['an ordinary pair', tradingPair('SOLUSDT'), []],
    ['a pair without metadata', undefined, ['no_metadata']],
    ['a halted pair', tradingPair('SOLUSDT', { status: 'BREAK' }), ['not_trading']],
    [
      'a pair in another quote',
      tradingPair('SOLUSDC', { baseAsset: 'SOL', quoteAsset: 'USDC' }),
      ['quote_asset'],
    ],
    [
      'a pair without spot trading',
      tradingPair('SOLUSDT', { isSpotTradingAllowed: false }),
      ['not_spot'],
    ],
    ['the benchmark', tradingPair('BTCUSDT'), ['excluded_base_asset']],
    ['a stable coin', tradingPair('USDCUSDT'), ['excluded_base_asset']],
    ['a high-noise name', tradingPair('PEPEUSDT'), ['high_noise']],
    ['a leveraged token', tradingPair('ETHDOWNUSDT'), ['leveraged_token']],
    ['a name that contains UP', tradingPair('SUPERUSDT'), ['leveraged_token']],
    [
      'a pair that breaks several',
      tradingPair('BULLUSDT', { status: 'HALT', isSpotTradingAllowed: false }),
      ['not_trading', 'not_spot', 'leveraged_token'],
    ],
  ] as const) {
    it(`find ${expected.length === 0 ? 'nothing' : expected.join(' and ')} with ${title}`, () => {
      assert.deepEqual(
        failedMetadataRules(metadata, modeOf('core_major'), containsKeyword),
        expected,
      );
    });
  }

  it('let high-noise names pass in the broad mode', () => {
    const broad = modeOf('broad_liquid');
    assert.deepEqual(failedMetadataRules(tradingPair('PEPEUSDT'), broad, containsKeyword), []);
  });

  it('ignore the case of names', () => {
    const lower = tradingPair('pepeusdt', { baseAsset: 'pepe', quoteAsset: 'usdt' });
    const metadata = metadataBySymbol([lower]).get('PEPEUSDT');
    assert.deepEqual(failedMetadataRules(metadata, modeOf('core_major'), containsKeyword), [
      'high_noise',
    ]);
  });
});

describe('The corrected leveraged-token rule', () => {
  const listed = [
    'ETHUSDT',
    'ETHUPUSDT',
    'JUPUSDT',
    'SUPERUSDT',
    'UPUSDT',
    'XUPUSDT',
    'SOLUSDT',
  ].map((symbol) => tradingPair(symbol));

  for (const [baseAsset, expected] of [
    ['ETHUP', true],
    ['ETHBEAR', true],
    ['JUP', false],
    ['SUPER', false],
    ['UP', false],
    ['XUP', false],
    ['SOL', false],
  ] as const) {
    it(`classifies ${baseAsset} as ${expected ? 'a leveraged token' : 'a coin'}`, () => {
      assert.equal(suffixOfListedAsset(listed)(baseAsset), expected);
    });
  }

  it('differs from the frozen one on the names that merely contain a keyword', () => {
    assert.deepEqual(leveragedRuleDifferences(listed), [
      'JUPUSDT',
      'SUPERUSDT',
      'UPUSDT',
      'XUPUSDT',
    ]);
  });
});
