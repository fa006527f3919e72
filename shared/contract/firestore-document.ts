import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import {
  AsOfDate,
  GsUri,
  Mode,
  PositiveInteger,
  SymbolUsdt,
  Text,
  Timestamp,
  Version,
} from '../codec/primitives.js';
import type { BucketLocation } from '../object-keys.js';
import { RuntimeEvidenceIdentity } from './artifact-manifest.js';
import { EXACT_BYTES_CONTRACT } from './constants.js';
import { SymbolMap } from './live-pool.js';
import type { Release } from './release.js';
import { prefixesOf, releaseLocations } from './release-locations.js';

/**
 * `live_pool_legacy.json` inside the document, so that a reader can check it without the bucket.
 */
const LegacyExactBytes = exactObject('LegacyExactBytes', {
  contract_version: t.literal(EXACT_BYTES_CONTRACT),
  encoding: t.literal('utf-8'),
  utf8_text: t.string,
});

const summary = {
  as_of_date: AsOfDate,
  mode: Mode,
  version: Version,
  pool_size: PositiveInteger,
  symbols: t.array(SymbolUsdt, 'array of SymbolUsdt'),
  symbol_map: SymbolMap,
  storage_prefix: GsUri,
  current_prefix: GsUri,
  live_pool_legacy_uri: GsUri,
  live_pool_uri: GsUri,
  artifact_manifest_uri: GsUri,
  latest_universe_uri: GsUri,
  latest_ranking_uri: GsUri,
  versioned_live_pool_legacy_uri: GsUri,
  versioned_artifact_manifest_uri: GsUri,
  artifact_contract_version: Text,
  generated_at: Timestamp,
  source_project: Text,
};
const exactBytes = { live_pool_legacy_exact_bytes: LegacyExactBytes };
const identity = { runtime_evidence_identity: RuntimeEvidenceIdentity };

/** The document without the promotion sequence, which the promotion assigns. */
export const FirestorePayload = exactObject(
  'FirestorePayload',
  { ...summary, ...exactBytes },
  identity,
);
export type FirestorePayload = t.TypeOf<typeof FirestorePayload>;

/** The summary document that readers see: the contract's fields and three additional ones. */
export const FirestoreDocument = exactObject(
  'FirestoreDocument',
  { ...summary, promotion_seq: PositiveInteger, ...exactBytes },
  identity,
);
export type FirestoreDocument = t.TypeOf<typeof FirestoreDocument>;

/** The document of a release, without its promotion sequence. */
export const firestorePayload = (release: Release, location: BucketLocation): FirestorePayload => {
  const { manifest, livePool, version } = release;
  const prefixes = prefixesOf(location, version);
  const legacy = releaseLocations(location, version, 'live_pool_legacy');
  const artifactManifest = releaseLocations(location, version, 'artifact_manifest');
  const evidence = manifest.runtime_evidence_identity;
  return {
    as_of_date: livePool.as_of_date,
    mode: livePool.mode,
    version,
    pool_size: livePool.pool_size,
    symbols: livePool.symbols,
    symbol_map: livePool.symbol_map,
    storage_prefix: prefixes.release_uri,
    current_prefix: prefixes.current_uri,
    live_pool_legacy_uri: legacy.current_uri,
    live_pool_uri: releaseLocations(location, version, 'live_pool').current_uri,
    artifact_manifest_uri: artifactManifest.current_uri,
    latest_universe_uri: releaseLocations(location, version, 'latest_universe').current_uri,
    latest_ranking_uri: releaseLocations(location, version, 'latest_ranking').current_uri,
    versioned_live_pool_legacy_uri: legacy.release_uri,
    versioned_artifact_manifest_uri: artifactManifest.release_uri,
    artifact_contract_version: manifest.contract_version,
    generated_at: manifest.generated_at,
    source_project: livePool.source_project,
    live_pool_legacy_exact_bytes: {
      contract_version: EXACT_BYTES_CONTRACT,
      encoding: 'utf-8',
      utf8_text: release.legacyText,
    },
    ...(evidence === undefined ? {} : { runtime_evidence_identity: evidence }),
  };
};

/** The complete document of a promoted release. */
export const firestoreDocument = (
  release: Release,
  location: BucketLocation,
  promotionSeq: PositiveInteger,
): FirestoreDocument => ({ ...firestorePayload(release, location), promotion_seq: promotionSeq });
