import { emergency, fresh, POOL, reading, refused, SORTED_MAP, type Vector } from './base.js';

const SYMBOL = 'an upper-case symbol that ends in USDT';

/** One name of the pool replaced by another, in list and map. */
const renamed = (symbol: string): object => ({
  ...POOL,
  symbols: ['TRXUSDT', 'ETHUSDT', 'BCHUSDT', 'NEARUSDT', symbol],
  symbol_map: {
    TRXUSDT: { base_asset: 'TRX' },
    ETHUSDT: { base_asset: 'ETH' },
    BCHUSDT: { base_asset: 'BCH' },
    NEARUSDT: { base_asset: 'NEAR' },
    [symbol]: { base_asset: 'LTC' },
  },
});

const misnamed = (name: string, symbol: string): Vector =>
  reading(name, renamed(symbol), emergency(refused('symbol', SYMBOL, symbol)));

export const symbols: readonly Vector[] = [
  misnamed('with a symbol in lower case', 'ltcusdt'),
  misnamed('with a symbol in mixed case', 'LtcUSDT'),
  misnamed('with a symbol against another currency', 'LTCUSDC'),
  misnamed('with a symbol that ends in lower case', 'LTCusdt'),
  misnamed('with a symbol of nothing against USDT', 'USDT'),
  misnamed('with a symbol between blanks', ' LTCUSDT'),
  misnamed('with a symbol with a slash', 'LTC/USDT'),
  reading(
    'with a symbol in characters that have no case',
    {
      ...renamed('币安人生USDT'),
    },
    fresh({
      symbols: ['TRXUSDT', 'ETHUSDT', 'BCHUSDT', 'NEARUSDT', '币安人生USDT'],
      symbol_map: {
        TRXUSDT: { base_asset: 'TRX' },
        ETHUSDT: { base_asset: 'ETH' },
        BCHUSDT: { base_asset: 'BCH' },
        NEARUSDT: { base_asset: 'NEAR' },
        币安人生USDT: { base_asset: 'LTC' },
      },
    }),
  ),
  reading(
    'with a name of more than 80 characters, of which the refusal shows 80',
    renamed(`${'x'.repeat(81)}USDT`),
    emergency(refused('symbol', SYMBOL, `${'x'.repeat(80)}…`)),
  ),
  reading(
    'with a blank base asset',
    { ...POOL, symbol_map: { ...SORTED_MAP, ETHUSDT: { base_asset: '  ' } } },
    emergency(refused('base_asset', 'a base_asset for ETHUSDT', '  ')),
  ),
  reading(
    'with a base asset that is a text where an object belongs',
    { ...POOL, symbol_map: { ...SORTED_MAP, ETHUSDT: 'ETH' } },
    emergency(refused('base_asset', 'a base_asset for ETHUSDT', null)),
  ),
];
