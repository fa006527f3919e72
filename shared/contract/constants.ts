import type { Mode, PositiveInteger } from '../codec/primitives.js';

/** The artifacts that a manifest's `artifacts` names, in the order in which it names them. */
export const PAYLOAD_ARTIFACTS = [
  'latest_universe',
  'latest_ranking',
  'live_pool',
  'live_pool_legacy',
] as const;
export type PayloadArtifact = (typeof PAYLOAD_ARTIFACTS)[number];

/** The artifacts of a release in the order in which they are written: the manifest seals the rest. */
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

/** What a publication would be or was; lies beside the five artifacts in the local output. */
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

/** Which contract a release declares to fulfil. */
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

/** What a deployment uses unless it is told otherwise. A test proves that the brands are earned. */
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
