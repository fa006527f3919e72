import type { AsOfDate, Mode, Revision, Timestamp } from '../../../shared/codec/primitives.js';
import type { ReleaseInput } from '../../../shared/contract/build-release-input.js';

const ranked = (
  symbol: string,
  rule_score: number | null,
  linear_score: number | null,
  ml_score: number | null,
  final_score: number | null,
  confidence: number | null,
) => ({ symbol, rule_score, linear_score, ml_score, final_score, confidence, regime: 'risk_off' });

/** The contract's own example pool, in a universe of eight of which one could not be scored. */
export const input = {
  asOfDate: '2026-03-13' as AsOfDate,
  mode: 'core_major' as Mode,
  sourceProject: 'crypto-live-pool-pipelines',
  generatedAt: '2026-03-13T13:00:00+00:00' as Timestamp,
  sourceRevision: '0123456789abcdef0123456789abcdef01234567' as Revision,
  universe: [
    'TRXUSDT',
    'ETHUSDT',
    'BCHUSDT',
    'NEARUSDT',
    'LTCUSDT',
    'SOLUSDT',
    'ADAUSDT',
    'ZECUSDT',
  ],
  ranking: [
    ranked('TRXUSDT', 1, 1, 0.75, 0.9375, 0.8078289663431175),
    ranked('ETHUSDT', 0.8571428571428571, 0.75, 1, 0.866, 0.5),
    ranked('BCHUSDT', 0.7, null, 0.5, 0.6, 0.4),
    ranked('NEARUSDT', 0.5, 0.5, 0.5, 0.5, 1),
    ranked('LTCUSDT', 0.25, 1e-7, 0.1, 0.30000000000000004, 0),
    ranked('SOLUSDT', 0.125, 0.25, -0.5, 0.125, 0.25),
    ranked('ADAUSDT', 0, 0, 0, 0, 1),
    ranked('ZECUSDT', null, null, null, null, null),
  ],
  pool: [
    { symbol: 'TRXUSDT', baseAsset: 'TRX' },
    { symbol: 'ETHUSDT', baseAsset: 'ETH' },
    { symbol: 'BCHUSDT', baseAsset: 'BCH' },
    { symbol: 'NEARUSDT', baseAsset: 'NEAR' },
    { symbol: 'LTCUSDT', baseAsset: 'LTC' },
  ],
} satisfies ReleaseInput;

const LATEST_UNIVERSE = `{
  "as_of_date": "2026-03-13",
  "symbols": [
    "ADAUSDT",
    "BCHUSDT",
    "ETHUSDT",
    "LTCUSDT",
    "NEARUSDT",
    "SOLUSDT",
    "TRXUSDT",
    "ZECUSDT"
  ]
}`;

const LATEST_RANKING = `as_of_date,symbol,rule_score,linear_score,ml_score,final_score,regime,confidence,selected_flag,current_rank
2026-03-13,TRXUSDT,1,1,0.75,0.9375,risk_off,0.8078289663431175,True,1
2026-03-13,ETHUSDT,0.8571428571428571,0.75,1,0.866,risk_off,0.5,True,2
2026-03-13,BCHUSDT,0.7,,0.5,0.6,risk_off,0.4,True,3
2026-03-13,NEARUSDT,0.5,0.5,0.5,0.5,risk_off,1,True,4
2026-03-13,LTCUSDT,0.25,1e-7,0.1,0.30000000000000004,risk_off,0,True,5
2026-03-13,SOLUSDT,0.125,0.25,-0.5,0.125,risk_off,0.25,False,6
2026-03-13,ADAUSDT,0,0,0,0,risk_off,1,False,7
2026-03-13,ZECUSDT,,,,,risk_off,,False,
`;

const LIVE_POOL = `{
  "as_of_date": "2026-03-13",
  "version": "2026-03-13-core_major",
  "mode": "core_major",
  "pool_size": 5,
  "symbols": [
    "TRXUSDT",
    "ETHUSDT",
    "BCHUSDT",
    "NEARUSDT",
    "LTCUSDT"
  ],
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

const LIVE_POOL_LEGACY = `{
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

// Checksums of the four texts above, by sha256sum.
const ARTIFACT_MANIFEST = `{
  "manifest_type": "strategy_artifact",
  "contract_version": "crypto_live_pool_rotation.live_pool.v1",
  "strategy_profile": "crypto_live_pool_rotation",
  "artifact_type": "live_pool",
  "artifact_name": "crypto_live_pool_rotation_live_pool",
  "as_of_date": "2026-03-13",
  "snapshot_as_of": "2026-03-13",
  "version": "2026-03-13-core_major",
  "mode": "core_major",
  "symbol_count": 5,
  "symbols": [
    "TRXUSDT",
    "ETHUSDT",
    "BCHUSDT",
    "NEARUSDT",
    "LTCUSDT"
  ],
  "source_project": "crypto-live-pool-pipelines",
  "generated_at": "2026-03-13T13:00:00+00:00",
  "primary_artifact": "live_pool",
  "artifacts": {
    "latest_universe": {
      "path": "latest_universe.json",
      "sha256": "f6705438a5e49f1794527e8e55e02310a09fe33c926f73a52f8ff1f81327ea1e"
    },
    "latest_ranking": {
      "path": "latest_ranking.csv",
      "sha256": "75ae70cc35c98fa561b49142bb1685611301f155213ba3525de5eb09d40a37e0"
    },
    "live_pool": {
      "path": "live_pool.json",
      "sha256": "7a56079d33770aab0273da165967c348f8aafe53a46e048dbff54e0cd451cd46"
    },
    "live_pool_legacy": {
      "path": "live_pool_legacy.json",
      "sha256": "dfe43468d14314c360a76d0e0a7d6bc94c5f16ce9f3a13590fef8c4bfce0db56"
    }
  },
  "runtime_evidence_identity": {
    "strategy_profile": "crypto_live_pool_rotation",
    "mode": "core_major",
    "source_revision": "0123456789abcdef0123456789abcdef01234567",
    "input_timestamp": "2026-03-13T00:00:00Z",
    "artifact_contract": "crypto_live_pool_rotation.live_pool.v1",
    "artifact_version": "2026-03-13-core_major",
    "artifacts": {
      "latest_universe": {
        "path": "latest_universe.json",
        "sha256": "f6705438a5e49f1794527e8e55e02310a09fe33c926f73a52f8ff1f81327ea1e"
      },
      "latest_ranking": {
        "path": "latest_ranking.csv",
        "sha256": "75ae70cc35c98fa561b49142bb1685611301f155213ba3525de5eb09d40a37e0"
      },
      "live_pool": {
        "path": "live_pool.json",
        "sha256": "7a56079d33770aab0273da165967c348f8aafe53a46e048dbff54e0cd451cd46"
      },
      "live_pool_legacy": {
        "path": "live_pool_legacy.json",
        "sha256": "dfe43468d14314c360a76d0e0a7d6bc94c5f16ce9f3a13590fef8c4bfce0db56"
      }
    }
  }
}`;

/** What the five files of that release must contain, to the byte. */
export const texts = {
  'latest_universe.json': LATEST_UNIVERSE,
  'latest_ranking.csv': LATEST_RANKING,
  'live_pool.json': LIVE_POOL,
  'live_pool_legacy.json': LIVE_POOL_LEGACY,
  'artifact_manifest.json': ARTIFACT_MANIFEST,
} as const;
