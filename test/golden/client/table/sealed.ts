import { emergency, fresh, POOL, reading, refused, SORTED_MAP, type Vector } from './base.js';
import { HANDOFF, LEGACY, SEALED, SHA256, SHA256_WITH_NEWLINE } from './sealed-document.js';

const SEVENTH = fresh({ promotion_seq: 7 });
const STRICT = { strict: true };

const handed = (name: string, own: object, expected: string, got: string | null): Vector =>
  reading(
    name,
    { ...SEALED, live_pool_legacy_exact_bytes: { ...HANDOFF, ...own } },
    emergency(refused('exact_bytes', expected, got)),
  );

/** Bytes that say something else, with nothing that seals them. */
const unsealed = (name: string, utf8_text: string, expected: string, got: string): Vector =>
  reading(
    name,
    { ...POOL, live_pool_legacy_exact_bytes: { ...HANDOFF, utf8_text } },
    emergency(refused('exact_bytes', expected, got)),
  );

export const sealed: readonly Vector[] = [
  reading('with sealed bytes', SEALED, SEVENTH),
  reading('with sealed bytes, read strictly', SEALED, SEVENTH, STRICT),
  reading(
    'with bytes that nothing seals',
    { ...POOL, live_pool_legacy_exact_bytes: HANDOFF },
    fresh(),
  ),
  reading(
    'with bytes and identity that are null',
    { ...POOL, live_pool_legacy_exact_bytes: null, runtime_evidence_identity: null },
    fresh(),
  ),
  handed(
    'whose bytes have a line break more',
    { utf8_text: `${LEGACY}\n` },
    `SHA-256 ${SHA256}`,
    `SHA-256 ${SHA256_WITH_NEWLINE}`,
  ),
  handed(
    'whose bytes are of another contract',
    { contract_version: 'v0' },
    'contract_version qsl.crypto_live_pool_legacy_exact_bytes.v1',
    'v0',
  ),
  handed('whose bytes are in another encoding', { encoding: 'utf-16' }, 'encoding utf-8', 'utf-16'),
  handed('whose bytes are missing', { utf8_text: null }, 'utf8_text', null),
  reading(
    'whose bytes are a text where an object belongs',
    { ...SEALED, live_pool_legacy_exact_bytes: LEGACY },
    emergency(refused('exact_bytes', 'live_pool_legacy_exact_bytes', `${LEGACY.slice(0, 80)}…`)),
  ),
  unsealed('whose bytes are no JSON', '{"as_of_date": ', 'a JSON object', 'other text'),
  unsealed(
    'whose bytes hold what JSON has not',
    '{"pool_size": NaN}',
    'a JSON object',
    'other text',
  ),
  unsealed('whose bytes are a list', '[]', 'a JSON object', 'other text'),
  unsealed(
    'whose bytes are of another day',
    LEGACY.replace('"2026-03-13"', '"2026-03-12"'),
    "the document's as_of_date",
    '2026-03-12',
  ),
  unsealed(
    'whose bytes are of another publisher',
    LEGACY.replace('-pipelines', '-pipeline'),
    "the document's source_project",
    'crypto-live-pool-pipeline',
  ),
  unsealed(
    'whose bytes are in another order',
    LEGACY.replaceAll('TRX', '*').replaceAll('ETH', 'TRX').replaceAll('*', 'ETH'),
    "the document's symbols in its order",
    'ETHUSDT TRXUSDT BCHUSDT NEARUSDT LTCUSDT',
  ),
  unsealed(
    'whose bytes give another base asset',
    LEGACY.replaceAll('"base_asset": "LTC"', '"base_asset": "XLTC"'),
    "the document's symbol_map",
    'an object',
  ),
  unsealed(
    'whose bytes have two maps that differ',
    LEGACY.replace('"base_asset": "LTC"', '"base_asset": "XLTC"'),
    'symbol_map equal to symbols',
    'an object',
  ),
  unsealed(
    'whose bytes have a list for the map',
    '{"symbols": ["TRXUSDT"]}',
    'symbols as a map',
    'a list of 1',
  ),
  reading(
    'whose list is not in the order of the sealed bytes',
    {
      ...SEALED,
      symbols: ['ETHUSDT', 'TRXUSDT', 'BCHUSDT', 'NEARUSDT', 'LTCUSDT'],
      symbol_map: SORTED_MAP,
    },
    emergency(
      refused(
        'exact_bytes',
        "the document's symbols in its order",
        'TRXUSDT ETHUSDT BCHUSDT NEARUSDT LTCUSDT',
      ),
    ),
  ),
];
