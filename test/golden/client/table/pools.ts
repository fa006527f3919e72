import {
  emergency,
  fresh,
  MAP,
  POOL,
  reading,
  refused,
  SORTED_MAP,
  SYMBOLS,
  type Vector,
  without,
} from './base.js';

const MODE = 'one of core_major';
const COUNT = '5, the number of its symbols';
const LIST = 'a list of symbols, which alone keeps their order';

const sized = (name: string, pool_size: unknown, got: string | number | boolean | null): Vector =>
  reading(name, { ...POOL, pool_size }, emergency(refused('pool_size', COUNT, got)));

const FOUR = {
  TRXUSDT: MAP.TRXUSDT,
  ETHUSDT: MAP.ETHUSDT,
  BCHUSDT: MAP.BCHUSDT,
  LTCUSDT: MAP.LTCUSDT,
};
const NAMES_OF_FOUR = ['TRXUSDT', 'ETHUSDT', 'BCHUSDT', 'LTCUSDT'];

export const pools: readonly Vector[] = [
  reading(
    'of a mode that the reader does not accept',
    { ...POOL, mode: 'broad_liquid', version: '2026-03-13-broad_liquid' },
    emergency(refused('mode', MODE, 'broad_liquid')),
  ),
  reading(
    'of the second mode that the reader accepts',
    { ...POOL, mode: 'broad_liquid', version: '2026-03-13-broad_liquid' },
    fresh({ mode: 'broad_liquid', version: '2026-03-13-broad_liquid' }),
    { accepted_modes: ['core_major', 'broad_liquid'] },
  ),
  reading(
    'of no mode that either list names',
    { ...POOL, mode: 'Core_Major' },
    emergency(refused('mode', 'one of core_major, broad_liquid', 'Core_Major')),
    { accepted_modes: ['core_major', 'broad_liquid'] },
  ),
  reading('without a mode', without('mode'), emergency(refused('mode', MODE, null))),
  reading(
    'whose mode is a list',
    { ...POOL, mode: ['core_major'] },
    emergency(refused('mode', MODE, 'a list of 1')),
  ),
  reading('without a version', without('version'), fresh({ version: null })),
  reading('without a source project', without('source_project'), fresh()),
  reading('with unknown fields', { ...POOL, published_by: 'someone', notes: [1, 2] }, fresh()),

  reading(
    'whose map is sorted, as Firestore returns it',
    { ...POOL, symbol_map: SORTED_MAP },
    fresh(),
  ),
  reading(
    'whose order is another one, which the list alone says',
    { ...POOL, symbols: ['LTCUSDT', 'NEARUSDT', 'BCHUSDT', 'ETHUSDT', 'TRXUSDT'] },
    fresh({
      symbols: ['LTCUSDT', 'NEARUSDT', 'BCHUSDT', 'ETHUSDT', 'TRXUSDT'],
      symbol_map: {
        LTCUSDT: { base_asset: 'LTC' },
        NEARUSDT: { base_asset: 'NEAR' },
        BCHUSDT: { base_asset: 'BCH' },
        ETHUSDT: { base_asset: 'ETH' },
        TRXUSDT: { base_asset: 'TRX' },
      },
    }),
  ),
  reading(
    'that lists symbols which the map does not know',
    { ...POOL, symbols: ['SOLUSDT', ...SYMBOLS, 7, null] },
    fresh(),
  ),
  reading(
    'that lists a symbol twice',
    { ...POOL, symbols: ['TRXUSDT', 'ETHUSDT', 'TRXUSDT', 'BCHUSDT', 'NEARUSDT', 'LTCUSDT'] },
    emergency(refused('order', 'each symbol once', 'TRXUSDT')),
  ),
  reading(
    'that leaves a symbol of the map unlisted',
    { ...POOL, symbols: NAMES_OF_FOUR },
    emergency(
      refused('order', 'every symbol of the map in the list', 'no NEARUSDT'),
      refused('pool_size', '4, the number of its symbols', 5),
      refused('expected_pool_size', '5 symbols', 4),
    ),
  ),
  reading(
    'whose map has one symbol more than its list',
    { ...POOL, symbol_map: { ...MAP, SOLUSDT: { base_asset: 'SOL' } } },
    emergency(refused('order', 'every symbol of the map in the list', 'no SOLUSDT')),
  ),
  reading(
    'whose symbols are a map, of which Firestore keeps no order',
    { ...POOL, symbols: SORTED_MAP },
    emergency(
      refused('order', LIST, 'an object'),
      refused('pool_size', '0, the number of its symbols', 5),
      refused('expected_pool_size', '5 symbols', 0),
    ),
  ),
  reading(
    'without a list',
    without('symbols'),
    emergency(
      refused('order', LIST, null),
      refused('pool_size', '0, the number of its symbols', 5),
      refused('expected_pool_size', '5 symbols', 0),
    ),
  ),
  reading('without a map, whose base assets follow from the names', without('symbol_map'), fresh()),
  reading(
    'whose map says other base assets than the names',
    { ...POOL, symbol_map: { ...SORTED_MAP, TRXUSDT: { base_asset: 'TRON', since: 2018 } } },
    fresh({ symbol_map: { ...MAP, TRXUSDT: { base_asset: 'TRON' } } }),
  ),
  reading(
    'whose map is a list, though there is another one',
    { ...POOL, symbol_map: SYMBOLS },
    emergency(refused('symbol_map', 'a map from symbols to base assets', 'a list of 5')),
  ),
  reading(
    'with neither map nor list',
    { as_of_date: '2026-03-13', mode: 'core_major', pool_size: 5 },
    emergency(refused('symbol_map', 'a map from symbols to base assets', null)),
  ),
  reading(
    'whose symbols are a text',
    { as_of_date: '2026-03-13', mode: 'core_major', pool_size: 5, symbols: 'TRXUSDT' },
    emergency(refused('symbol_map', 'a map from symbols to base assets', 'TRXUSDT')),
  ),
  reading(
    'with an empty pool',
    { ...POOL, pool_size: 0, symbols: [], symbol_map: {} },
    emergency(refused('expected_pool_size', '5 symbols', 0)),
  ),

  sized('that declares 4', 4, 4),
  sized('that declares 6', 6, 6),
  sized('that declares its size as a text', '5', '5'),
  sized('that declares its size as true', true, true),
  sized('that declares five and a half', 5.5, 5.5),
  sized('that declares nothing', null, null),
  reading('without a size', without('pool_size'), emergency(refused('pool_size', COUNT, null))),
  reading(
    'of 4 where 5 are expected',
    { ...POOL, pool_size: 4, symbols: NAMES_OF_FOUR, symbol_map: FOUR },
    emergency(refused('expected_pool_size', '5 symbols', 4)),
  ),
  reading(
    'of 4 where 4 are expected',
    { ...POOL, pool_size: 4, symbols: NAMES_OF_FOUR, symbol_map: FOUR },
    fresh({ symbols: NAMES_OF_FOUR, symbol_map: FOUR }),
    { expected_pool_size: 4 },
  ),
  reading(
    'of 5 where 4 are expected',
    POOL,
    emergency(refused('expected_pool_size', '4 symbols', 5)),
    { expected_pool_size: 4 },
  ),
];
