import { POOL } from './base.js';

/** The contract's example file, to the byte. */
export const LEGACY = `{
  "as_of_date": "2026-03-13",
  "version": "2026-03-13-core_major",
  "mode": "core_major",
  "pool_size": 5,
  "symbols": {
    "TRXUSDT": {
      "base_asset": "TRX"
    },
    "ETHUSDT": {
      "base_asset": "ETH"
    },
    "BCHUSDT": {
      "base_asset": "BCH"
    },
    "NEARUSDT": {
      "base_asset": "NEAR"
    },
    "LTCUSDT": {
      "base_asset": "LTC"
    }
  },
  "symbol_map": {
    "TRXUSDT": {
      "base_asset": "TRX"
    },
    "ETHUSDT": {
      "base_asset": "ETH"
    },
    "BCHUSDT": {
      "base_asset": "BCH"
    },
    "NEARUSDT": {
      "base_asset": "NEAR"
    },
    "LTCUSDT": {
      "base_asset": "LTC"
    }
  },
  "source_project": "crypto-live-pool-pipelines"
}`;
/** What sha256sum says of the text, and of it with a line break behind. */
export const SHA256 = 'dfe43468d14314c360a76d0e0a7d6bc94c5f16ce9f3a13590fef8c4bfce0db56';
export const SHA256_WITH_NEWLINE =
  'a4c7c251813de958949eba1c447017dcf69ac0842c91a3ea88d61dacfe4f22a5';

export const HANDOFF = {
  contract_version: 'qsl.crypto_live_pool_legacy_exact_bytes.v1',
  encoding: 'utf-8',
  utf8_text: LEGACY,
};
export const ARTIFACTS = {
  latest_universe: { path: 'latest_universe.json', sha256: 'a'.repeat(64) },
  latest_ranking: { path: 'latest_ranking.csv', sha256: 'b'.repeat(64) },
  live_pool: { path: 'live_pool.json', sha256: 'c'.repeat(64) },
  live_pool_legacy: { path: 'live_pool_legacy.json', sha256: SHA256 },
};
const REVISION = '0123456789abcdef0123456789abcdef01234567';
export const IDENTITY = {
  strategy_profile: 'crypto_live_pool_rotation',
  mode: 'core_major',
  source_revision: REVISION,
  input_timestamp: '2026-03-13T00:00:00Z',
  artifact_contract: 'crypto_live_pool_rotation.live_pool.v1',
  artifact_version: '2026-03-13-core_major',
  artifacts: ARTIFACTS,
};
export const SEALED = {
  ...POOL,
  promotion_seq: 7,
  artifact_contract_version: 'crypto_live_pool_rotation.live_pool.v1',
  live_pool_legacy_exact_bytes: HANDOFF,
  runtime_evidence_identity: IDENTITY,
};
