import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { readExchangeInfo } from '../../../../shared/market-data/binance/exchange-info.js';
import { UNIVERSE_MODES } from '../../../../shared/ranking/parameters.js';
import { failedMetadataRules } from '../../../../shared/ranking/universe/metadata.js';
import { symbolInfo } from '../../../support/fake-exchange/symbol-infos.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { describeWithShared } from '../../../support/shared-folder.js';
import { asking, closeAll } from './test-exchange.js';

const read = (...symbols: readonly unknown[]) => readExchangeInfo({ timezone: 'UTC', symbols });

const sentence = (result: ReturnType<typeof readExchangeInfo>): string => {
  if (E.isRight(result)) assert.fail('accepted');
  assert.deepEqual([result.left.kind, result.left.code], ['permanent', 'malformed-input']);
  return result.left.message;
};

describe("The exchange's symbols", () => {
  afterEach(closeAll);

  it('are ascending, with the columns of the metadata files', async () => {
    const { fake, exchange } = await asking({
      symbols: [symbolInfo('TRXUSDT', { status: 'BREAK' }), symbolInfo('ADAUSDT')],
    });
    assert.deepEqual(getOrThrow(await exchange.metadata()()), [
      {
        symbol: 'ADAUSDT',
        status: 'TRADING',
        baseAsset: 'ADA',
        quoteAsset: 'USDT',
        isSpotTradingAllowed: true,
        permissions: 'SPOT',
      },
      {
        symbol: 'TRXUSDT',
        status: 'BREAK',
        baseAsset: 'TRX',
        quoteAsset: 'USDT',
        isSpotTradingAllowed: true,
        permissions: 'SPOT',
      },
    ]);
    assert.equal(fake.mostUsed(), 20);
  });

  for (const { differing, permissions } of [
    { differing: { permissions: ['SPOT'], permissionSets: undefined }, permissions: 'SPOT' },
    { differing: { permissions: ['MARGIN', 'SPOT'] }, permissions: 'SPOT' },
    { differing: { permissions: ['LEVERAGED'], permissionSets: [] }, permissions: 'LEVERAGED' },
    { differing: { permissionSets: [['TRD_GRP_004'], ['MARGIN', 'SPOT']] }, permissions: 'SPOT' },
    {
      differing: { permissionSets: [['TRD_GRP_005', 'MARGIN'], ['MARGIN']] },
      permissions: 'MARGIN|TRD_GRP_005',
    },
    { differing: { permissions: undefined, permissionSets: undefined }, permissions: '' },
  ]) {
    it(`have permissions ${JSON.stringify(differing)} as "${permissions}"`, () => {
      const [metadata] = getOrThrow(read({ ...symbolInfo('AUSDT'), ...differing }));
      assert.equal(metadata?.permissions, permissions);
    });
  }

  for (const { reply, expected } of [
    {
      reply: { symbols: {} },
      expected: 'Binance, exchangeInfo: symbols: expected a list, got {}',
    },
    { reply: [], expected: 'Binance, exchangeInfo: expected an object with symbols, got []' },
    {
      reply: { symbols: [symbolInfo('AUSDT'), { ...symbolInfo('BUSDT'), status: 1 }] },
      expected:
        'Binance, exchangeInfo, BUSDT: status: expected Text (text that is not blank), got 1',
    },
    {
      reply: { symbols: [{ ...symbolInfo('AUSDT'), isSpotTradingAllowed: 'true' }] },
      expected: 'Binance, exchangeInfo, AUSDT: isSpotTradingAllowed: expected boolean, got "true"',
    },
    {
      reply: { symbols: [{ ...symbolInfo('AUSDT'), permissions: 'SPOT' }] },
      expected: 'Binance, exchangeInfo, AUSDT: permissions: expected a list of names, got "SPOT"',
    },
    {
      reply: { symbols: [{ ...symbolInfo('AUSDT'), symbol: 5 }] },
      expected:
        'Binance, exchangeInfo, symbols.0: symbol: expected Text (text that is not blank), got 5',
    },
    {
      reply: { symbols: [symbolInfo('AUSDT'), symbolInfo('BUSDT'), symbolInfo('AUSDT')] },
      expected: 'Binance, exchangeInfo: expected AUSDT once, got it again',
    },
  ]) {
    it(`are refused: ${expected}`, () => {
      assert.equal(sentence(readExchangeInfo(reply)), expected);
    });
  }

  describeWithShared('in recorded replies', (folder) => {
    const recorded = (name: string): unknown =>
      JSON.parse(readFileSync(folder('data', 'recorded', name), 'utf8'));

    it('are read in the shape of 2021', () => {
      const all = getOrThrow(readExchangeInfo(recorded('exchangeInfo.2021-03-24.json')));
      assert.equal(all.length, 1363);
      const count = (permissions: string, allowed: boolean) =>
        all.filter((one) => one.permissions === permissions && one.isSpotTradingAllowed === allowed)
          .length;
      assert.deepEqual([count('SPOT', true), count('LEVERAGED', false)], [1325, 38]);
      assert.deepEqual(
        all.find(({ symbol }) => symbol === 'BTCUSDT'),
        {
          symbol: 'BTCUSDT',
          status: 'TRADING',
          baseAsset: 'BTC',
          quoteAsset: 'USDT',
          isSpotTradingAllowed: true,
          permissions: 'SPOT',
        },
      );
      const rules = (name: string) => {
        const metadata = all.find(({ symbol }) => symbol === name);
        return UNIVERSE_MODES.map((mode) => failedMetadataRules(metadata, mode, () => false));
      };
      assert.deepEqual(rules('ETHUSDT'), [[], []]);
      assert.deepEqual(rules('BTCUPUSDT'), [['not_spot'], ['not_spot']]);
      assert.deepEqual(rules('ETHBTC'), [['quote_asset'], ['quote_asset']]);
    });

    it('are read in the shape of 2024', () => {
      const all = getOrThrow(readExchangeInfo(recorded('exchangeInfo.2024-09-08.shape-only.json')));
      assert.equal(all.length, 60);
      assert.ok(
        all.every(({ permissions, status }) => permissions === 'SPOT' && status === 'TRADING'),
      );
    });
  });
});
