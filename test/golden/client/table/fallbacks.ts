import {
  dated,
  degraded,
  emergency,
  falling,
  type Given,
  MAP,
  POOL,
  reading,
  refused,
  SORTED_MAP,
  SYMBOLS,
  type Vector,
  without,
} from './base.js';

const KNOWN = 'last_known_good';
const LEGACY = 'live_pool_legacy.json';
const LIVE = 'live_pool.json';

const STALE = { payload: dated('2026-01-27') };
const TOO_OLD = refused('age', 'at most 45 days', 46);
const ABSENT: Given = { trouble: 'nothing' };
const NO_DOCUMENT = refused('available', 'a document', 'nothing');
const file = (name: string, payload: object) => ({ name, text: JSON.stringify(payload, null, 2) });
const legacyFile = file(LEGACY, { ...POOL, symbols: MAP, symbol_map: MAP });

const FEBRUARY = dated('2026-02-28');
const february = (source: string, ...refusals: readonly object[]): object =>
  degraded(source, refusals, {
    as_of_date: '2026-02-28',
    version: '2026-02-28-core_major',
    age_days: 14,
  });

export const fallbacks: readonly Vector[] = [
  falling('no document at all and nothing else', {
    document: ABSENT,
    expect: emergency(NO_DOCUMENT),
  }),
  falling('a document that cannot be read', {
    document: { trouble: 'no answer within 10000 ms' },
    expect: emergency(refused('available', 'a document', 'no answer within 10000 ms')),
  }),
  reading(
    'a document that is a list',
    [POOL],
    emergency(refused('payload', 'a JSON object', 'a list of 1')),
  ),
  reading(
    'a document that is a text',
    'live pool',
    emergency(refused('payload', 'a JSON object', 'live pool')),
  ),
  falling('a stale document, a last known good one and files', {
    document: STALE,
    last_known_good: { payload: FEBRUARY },
    local_files: [legacyFile],
    expect: february('last_known_good', TOO_OLD),
  }),
  falling('a stale document and a last known good one that is far older', {
    document: STALE,
    last_known_good: { payload: dated('2025-06-30') },
    expect: degraded('last_known_good', [TOO_OLD], {
      as_of_date: '2025-06-30',
      version: '2025-06-30-core_major',
      age_days: 257,
    }),
  }),
  falling('a stale document that is the last known good one', {
    document: STALE,
    last_known_good: STALE,
    expect: degraded('last_known_good', [TOO_OLD], {
      as_of_date: '2026-01-27',
      version: '2026-01-27-core_major',
      age_days: 46,
    }),
  }),
  falling('a last known good document of the future is refused', {
    document: ABSENT,
    last_known_good: { payload: dated('2026-03-15') },
    expect: emergency(
      NO_DOCUMENT,
      refused('future', 'a day not after 2026-03-14', '2026-03-15', KNOWN),
    ),
  }),
  falling('a last known good document is held to every other rule', {
    document: ABSENT,
    last_known_good: { payload: { ...POOL, mode: 'broad_liquid', pool_size: 6 } },
    local_files: [legacyFile],
    expect: degraded('local_file', [
      NO_DOCUMENT,
      refused('mode', 'one of core_major', 'broad_liquid', KNOWN),
      refused('pool_size', '5, the number of its symbols', 6, KNOWN),
    ]),
  }),
  falling('a last known good document whose symbols are a map has lost its order', {
    document: ABSENT,
    last_known_good: { payload: { ...POOL, symbols: MAP } },
    expect: emergency(
      NO_DOCUMENT,
      refused('order', 'a list of symbols, which alone keeps their order', 'an object', KNOWN),
      refused('pool_size', '0, the number of its symbols', 5, KNOWN),
      refused('expected_pool_size', '5 symbols', 0, KNOWN),
    ),
  }),
  falling('a last known good document that is no JSON', {
    document: ABSENT,
    last_known_good: { text: '{"as_of_date": "2026-0' },
    expect: emergency(
      NO_DOCUMENT,
      refused('payload', 'a JSON object', 'text that is not JSON', KNOWN),
    ),
  }),
  falling('a last known good document that was never stored', {
    document: STALE,
    last_known_good: ABSENT,
    expect: emergency(TOO_OLD, refused('available', 'a document', 'nothing', KNOWN)),
  }),
  falling('a local file in the legacy form, in the order of its keys', {
    document: STALE,
    local_files: [legacyFile],
    expect: degraded('local_file', [TOO_OLD]),
  }),
  falling('a local file in the legacy form without its alias', {
    document: ABSENT,
    local_files: [file(LEGACY, { ...without('symbol_map'), symbols: MAP })],
    expect: degraded('local_file', [NO_DOCUMENT]),
  }),
  falling('a local file with its map alone', {
    document: ABSENT,
    local_files: [file(LEGACY, { ...without('symbols'), symbol_map: MAP })],
    expect: degraded('local_file', [NO_DOCUMENT]),
  }),
  falling('a local file with list and sorted map, in the order of the list', {
    document: ABSENT,
    local_files: [file(LIVE, { ...POOL, symbols: SYMBOLS, symbol_map: SORTED_MAP })],
    expect: degraded('local_file', [NO_DOCUMENT]),
  }),
  falling('a stale local file behind a missing one, and the second is fresh', {
    document: ABSENT,
    last_known_good: ABSENT,
    local_files: [
      { name: 'missing.json', ...ABSENT },
      file(LEGACY, dated('2026-01-27')),
      file(LIVE, FEBRUARY),
    ],
    expect: february(
      'local_file',
      NO_DOCUMENT,
      refused('available', 'a document', 'nothing', KNOWN),
      refused('available', 'a file', 'nothing', 'missing.json'),
      refused('age', 'at most 45 days', 46, LEGACY),
    ),
  }),
  falling('a local file with a byte order mark is no JSON', {
    document: ABSENT,
    local_files: [{ name: LIVE, text: `\uFEFF${JSON.stringify(POOL)}` }],
    expect: emergency(
      NO_DOCUMENT,
      refused('payload', 'a JSON object', 'text that is not JSON', LIVE),
    ),
  }),
  falling('a local file with NaN is no JSON', {
    document: ABSENT,
    local_files: [{ name: LIVE, text: '{"pool_size": NaN}' }],
    expect: emergency(
      NO_DOCUMENT,
      refused('payload', 'a JSON object', 'text that is not JSON', LIVE),
    ),
  }),
  falling('a local file that writes its size as 5.0', {
    document: ABSENT,
    local_files: [
      { name: LIVE, text: JSON.stringify(POOL).replace('"pool_size":5', '"pool_size":5.0') },
    ],
    expect: degraded('local_file', [NO_DOCUMENT]),
  }),
  falling('a local file that is null', {
    document: ABSENT,
    local_files: [{ name: LIVE, text: 'null' }],
    expect: emergency(NO_DOCUMENT, refused('payload', 'a JSON object', null, LIVE)),
  }),
];
