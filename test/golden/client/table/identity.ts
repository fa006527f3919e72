import { emergency, fresh, POOL, reading, refused, type Vector } from './base.js';
import { ARTIFACTS, IDENTITY, SEALED } from './sealed-document.js';

const STRICT = { strict: true };

const identified = (name: string, own: object, expected: string, got: string | null): Vector =>
  reading(
    name,
    { ...SEALED, runtime_evidence_identity: { ...IDENTITY, ...own } },
    emergency(refused('identity', expected, got)),
    STRICT,
  );

const { live_pool: _, ...THREE } = ARTIFACTS;

export const identity: readonly Vector[] = [
  reading(
    'without identity and bytes, read strictly',
    POOL,
    emergency(
      refused('identity', 'runtime_evidence_identity', null),
      refused('exact_bytes', 'live_pool_legacy_exact_bytes', null),
    ),
    STRICT,
  ),
  reading(
    'without identity, read strictly',
    { ...SEALED, runtime_evidence_identity: undefined },
    emergency(refused('identity', 'runtime_evidence_identity', null)),
    STRICT,
  ),
  identified(
    'whose identity is of another profile',
    { strategy_profile: 'other' },
    'strategy_profile crypto_live_pool_rotation',
    'other',
  ),
  identified(
    'whose identity is of another mode',
    { mode: 'broad_liquid' },
    'mode core_major',
    'broad_liquid',
  ),
  identified(
    'whose identity names a branch',
    { source_revision: 'main' },
    'source_revision as 40 hex digits',
    'main',
  ),
  identified(
    'whose identity is of another day',
    { input_timestamp: '2026-03-12T00:00:00Z' },
    'input_timestamp 2026-03-13T00:00:00Z',
    '2026-03-12T00:00:00Z',
  ),
  identified(
    'whose identity is of another contract',
    { artifact_contract: 'v0' },
    'artifact_contract crypto_live_pool_rotation.live_pool.v1',
    'v0',
  ),
  identified(
    'whose identity is of another version',
    { artifact_version: null },
    'artifact_version 2026-03-13-core_major',
    null,
  ),
  identified(
    'whose identity seals three artifacts',
    { artifacts: THREE },
    'artifacts latest_ranking, latest_universe, live_pool, live_pool_legacy',
    'latest_ranking, latest_universe, live_pool_legacy',
  ),
  identified(
    'whose identity has a short checksum',
    { artifacts: { ...ARTIFACTS, latest_ranking: { sha256: 'b' } } },
    'a SHA-256 of latest_ranking',
    'b',
  ),
  reading(
    'with the identity of another profile that the reader follows',
    { ...SEALED, runtime_evidence_identity: { ...IDENTITY, strategy_profile: 'other' } },
    fresh({ promotion_seq: 7 }),
    {
      strict: true,
      strategy_profile: 'other',
    },
  ),
];
