import { texts } from '../hand-written-release.js';
import {
  changed,
  demands,
  ELSEWHERE,
  legacy,
  manifest,
  POOL,
  pool,
  ranking,
  replaced,
  resealed,
} from './release-mutations.js';

const SWAPPED = '["ETHUSDT","TRXUSDT","BCHUSDT","NEARUSDT","LTCUSDT"]';

/** The first two symbols of the list change places. */
const swapped = (text: string): string =>
  replaced(text, '"TRXUSDT",\n    "ETHUSDT"', '"ETHUSDT",\n    "TRXUSDT"');
/** The first two keys of every map change places. */
const keysSwapped = (text: string): string =>
  text.replace(/( +"TRXUSDT": \{[^}]*\},\n)( +"ETHUSDT": \{[^}]*\},\n)/g, '$2$1');

demands('the release gate demands of the pool that', [
  {
    rule: 'the pool has as many symbols as expected',
    release: texts,
    given: { expectedPoolSize: 6 },
    problems: [`pool-size | live_pool.json: symbols: expected 6 symbols, got ${POOL}`],
  },
  {
    rule: 'pool_size counts the symbols',
    release: pool('"pool_size": 5', '"pool_size": 4'),
    problems: [
      'pool-size | live_pool.json: pool_size: expected 5, the number of its symbols, got 4',
    ],
  },
  {
    rule: 'pool_size counts the symbols of the legacy file',
    release: legacy('"pool_size": 5', '"pool_size": 6'),
    problems: [
      'pool-size | live_pool_legacy.json: pool_size: expected 5, the number of its symbols, got 6',
    ],
  },
  {
    rule: 'symbol_count counts the symbols',
    release: manifest('"symbol_count": 5', '"symbol_count": 4'),
    problems: [
      'pool-size | artifact_manifest.json: symbol_count: expected 5, the number of its symbols, got 4',
    ],
  },
  {
    rule: 'symbols are upper case and end in USDT',
    release: pool('"LTCUSDT"\n', '"ltcusdt"\n'),
    problems: [
      'malformed | live_pool.json: symbols.4: expected SymbolUsdt (an upper-case symbol that ends in USDT), got "ltcusdt"',
    ],
  },
  {
    rule: 'keys of the maps are symbols too',
    release: legacy('"LTCUSDT": {', '"LTCUSDC": {'),
    problems: [
      'malformed | live_pool_legacy.json: symbols.LTCUSDC: expected SymbolUsdt (an upper-case symbol that ends in USDT), got "LTCUSDC"',
      'malformed | live_pool_legacy.json: symbol_map.LTCUSDC: expected SymbolUsdt (an upper-case symbol that ends in USDT), got "LTCUSDC"',
    ],
  },
  {
    rule: 'symbols are unique',
    release: pool('"LTCUSDT"\n', '"TRXUSDT"\n'),
    problems: [
      'membership | live_pool.json: symbols: expected each symbol once, got ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","TRXUSDT"]',
      `disagreement | live_pool.json: symbols: expected ${POOL} ${ELSEWHERE}, got ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","TRXUSDT"]`,
    ],
  },
  {
    rule: 'symbols are unique in the manifest',
    release: manifest('"LTCUSDT"\n', '"TRXUSDT"\n'),
    problems: [
      'membership | artifact_manifest.json: symbols: expected each symbol once, got ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","TRXUSDT"]',
      `disagreement | artifact_manifest.json: symbols: expected ${POOL} ${ELSEWHERE}, got ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","TRXUSDT"]`,
    ],
  },
  {
    rule: 'every symbol has a base asset',
    release: pool('"base_asset": "LTC"', '"base_asset": ""'),
    problems: [
      'malformed | live_pool.json: symbol_map.LTCUSDT.base_asset: expected Text (text that is not blank), got ""',
    ],
  },
  {
    rule: 'one base asset for a symbol everywhere',
    release: pool('"base_asset": "LTC"', '"base_asset": "BTC"'),
    problems: [
      `disagreement | live_pool.json: symbol_map.LTCUSDT.base_asset: expected "LTC" ${ELSEWHERE}, got "BTC"`,
    ],
  },
  {
    rule: 'the order of the list is the same in every file (live_pool.json)',
    release: resealed({ ...texts, 'live_pool.json': swapped(texts['live_pool.json']) }),
    problems: [
      `disagreement | live_pool.json: symbols: expected ${POOL} ${ELSEWHERE}, got ${SWAPPED}`,
    ],
  },
  {
    rule: 'the order of the list is the same in every file (artifact_manifest.json)',
    release: { ...texts, 'artifact_manifest.json': swapped(texts['artifact_manifest.json']) },
    problems: [
      `disagreement | artifact_manifest.json: symbols: expected ${POOL} ${ELSEWHERE}, got ${SWAPPED}`,
    ],
  },
  {
    rule: 'the order of the list is the same in every file (keys of live_pool_legacy.json)',
    release: resealed({
      ...texts,
      'live_pool_legacy.json': keysSwapped(texts['live_pool_legacy.json']),
    }),
    problems: [
      `disagreement | live_pool_legacy.json: keys of symbols: expected ${POOL} ${ELSEWHERE}, got ${SWAPPED}`,
      `disagreement | live_pool_legacy.json: keys of symbol_map: expected ${POOL} ${ELSEWHERE}, got ${SWAPPED}`,
    ],
  },
  {
    rule: 'the selected rows are the pool',
    release: ranking('False,6', 'True,6'),
    problems: [
      `disagreement | latest_ranking.csv: selected rows by current_rank: expected ${POOL} ${ELSEWHERE}, got ${POOL.replace(']', ',"SOLUSDT"]')}`,
    ],
  },
  {
    rule: 'the pool lies in the universe',
    release: resealed(
      changed(
        'latest_ranking.csv',
        'LTCUSDT',
        'MKRUSDT',
        changed('latest_universe.json', 'LTCUSDT', 'MKRUSDT'),
      ),
    ),
    problems: [
      `disagreement | latest_ranking.csv: selected rows by current_rank: expected ${POOL} ${ELSEWHERE}, got ["TRXUSDT","ETHUSDT","BCHUSDT","NEARUSDT","MKRUSDT"]`,
      'membership | live_pool.json: symbols: expected only symbols of latest_universe.json, got "LTCUSDT"',
    ],
  },
]);
