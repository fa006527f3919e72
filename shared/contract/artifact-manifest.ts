import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import {
  AsOfDate,
  DayStart,
  Mode,
  PositiveInteger,
  Revision,
  Sha256,
  SymbolUsdt,
  Text,
  Timestamp,
  Version,
} from '../codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACT_TYPE, MANIFEST_TYPE, type PayloadArtifact } from './constants.js';

const entry = <N extends PayloadArtifact>(name: N) =>
  exactObject(`entry of ${name}`, {
    path: t.literal(ARTIFACT_FILE[name]),
    sha256: Sha256,
  });

/** The four payload artifacts with their checksums. */
export const ManifestArtifacts = exactObject('ManifestArtifacts', {
  latest_universe: entry('latest_universe'),
  latest_ranking: entry('latest_ranking'),
  live_pool: entry('live_pool'),
  live_pool_legacy: entry('live_pool_legacy'),
});
export type ManifestArtifacts = t.TypeOf<typeof ManifestArtifacts>;

/** Identifies the producer, its input day and the bytes that it wrote. */
export const RuntimeEvidenceIdentity = exactObject('RuntimeEvidenceIdentity', {
  strategy_profile: Text,
  mode: Mode,
  source_revision: Revision,
  input_timestamp: DayStart,
  artifact_contract: Text,
  artifact_version: Version,
  artifacts: ManifestArtifacts,
});
export type RuntimeEvidenceIdentity = t.TypeOf<typeof RuntimeEvidenceIdentity>;

/**
 * `artifact_manifest.json`: the contract's 15 fields, in its order. The identity is omitted if the
 * commit is unknown; it is never invented.
 */
export const ArtifactManifest = exactObject(
  'ArtifactManifest',
  {
    manifest_type: t.literal(MANIFEST_TYPE),
    contract_version: Text,
    strategy_profile: Text,
    artifact_type: t.literal(ARTIFACT_TYPE),
    artifact_name: Text,
    as_of_date: AsOfDate,
    snapshot_as_of: AsOfDate,
    version: Version,
    mode: Mode,
    symbol_count: PositiveInteger,
    symbols: t.array(SymbolUsdt, 'array of SymbolUsdt'),
    source_project: Text,
    generated_at: Timestamp,
    primary_artifact: t.literal(ARTIFACT_TYPE),
    artifacts: ManifestArtifacts,
  },
  { runtime_evidence_identity: RuntimeEvidenceIdentity },
);
export type ArtifactManifest = t.TypeOf<typeof ArtifactManifest>;
