import type { Mode, PositiveInteger } from '../codec/primitives.js';

/** The artifacts listed in a manifest, in the manifest's order. */
export const PAYLOAD_ARTIFACTS = [
  'latest_universe',
  'latest_ranking',
  'live_pool',
  'live_pool_legacy',
] as const;
export type PayloadArtifact = (typeof PAYLOAD_ARTIFACTS)[number];

/** The artifacts of a release in write order: the manifest, as the commit mark, comes last. */
export const ARTIFACTS = [...PAYLOAD_ARTIFACTS, 'artifact_manifest'] as const;
export type Artifact = (typeof ARTIFACTS)[number];

export const ARTIFACT_FILE = {
  latest_universe: 'latest_universe.json',
  latest_ranking: 'latest_ranking.csv',
  live_pool: 'live_pool.json',
  live_pool_legacy: 'live_pool_legacy.json',
  artifact_manifest: 'artifact_manifest.json',
} as const satisfies Record<Artifact, string>;
export type ArtifactFile = (typeof ARTIFACT_FILE)[Artifact];

/** Describes a planned or completed publication; local output only, beside the artifacts. */
export const RELEASE_MANIFEST_FILE = 'release_manifest.json';

export const RANKING_COLUMNS = [
  'as_of_date',
  'symbol',
  'rule_score',
  'linear_score',
  'ml_score',
  'final_score',
  'regime',
  'confidence',
  'selected_flag',
  'current_rank',
] as const;
export type RankingColumn = (typeof RANKING_COLUMNS)[number];

export const MANIFEST_TYPE = 'strategy_artifact';
export const ARTIFACT_TYPE = 'live_pool';
export const EXACT_BYTES_CONTRACT = 'qsl.crypto_live_pool_legacy_exact_bytes.v1';

/** The contract that a release declares. */
export interface ContractIdentity {
  readonly contractVersion: string;
  readonly strategyProfile: string;
}

export const CONTRACT: ContractIdentity = {
  contractVersion: 'crypto_live_pool_rotation.live_pool.v1',
  strategyProfile: 'crypto_live_pool_rotation',
};

export const artifactName = (contract: ContractIdentity): string =>
  `${contract.strategyProfile}_${ARTIFACT_TYPE}`;

export const NAMESPACE = 'crypto-live-pool-pipelines';

/** The defaults of a deployment. A test verifies that the casts to brands are valid. */
export const DEFAULTS = {
  rootPrefix: NAMESPACE,
  sourceProject: NAMESPACE,
  mode: 'core_major' as Mode,
  poolSize: 5 as PositiveInteger,
  maxAgeDays: 45,
  firestoreCollection: 'strategy',
  firestoreDocument: 'CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
} as const;

/** A record with one entry per payload artifact, in order. */
export const perPayload = <A>(entry: (name: PayloadArtifact) => A): Record<PayloadArtifact, A> => ({
  latest_universe: entry('latest_universe'),
  latest_ranking: entry('latest_ranking'),
  live_pool: entry('live_pool'),
  live_pool_legacy: entry('live_pool_legacy'),
});

/** A record with one entry per artifact, in order. */
export const perArtifact = <A>(entry: (name: Artifact) => A): Record<Artifact, A> => ({
  ...perPayload(entry),
  artifact_manifest: entry('artifact_manifest'),
});
