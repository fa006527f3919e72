import fc from 'fast-check';
import {
  asOfDate,
  finite,
  mode,
  revision,
  sha256Text,
  symbol,
  timestamp,
  visibleText,
} from './arbitraries.js';

/** Values of each codec, drawn field by field: sound alone, not necessarily consistent. */

const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const version = fc.tuple(asOfDate, mode).map(([day, name]) => `${day}-${name}`);
const symbols = fc.uniqueArray(symbol, { maxLength: 8 });
const bySymbol = <A>(value: fc.Arbitrary<A>) =>
  fc
    .uniqueArray(fc.tuple(symbol, value), { selector: ([name]) => name, maxLength: 6 })
    .map((entries) => Object.fromEntries(entries));
const symbolMap = bySymbol(fc.record({ base_asset: visibleText }));
const selectionMeta = bySymbol(
  fc.record({ final_score: finite, confidence: finite, current_rank: positive }),
);
const maybe = fc.option(finite);

export const latestUniverse = fc.record({ as_of_date: asOfDate, symbols });

export const rankingRow = fc.record({
  as_of_date: asOfDate,
  symbol,
  rule_score: maybe,
  linear_score: maybe,
  ml_score: maybe,
  final_score: maybe,
  regime: mode,
  confidence: maybe,
  selected_flag: fc.boolean(),
  current_rank: fc.option(positive),
});

const head = { as_of_date: asOfDate, version, mode, pool_size: positive };
const tail = { symbol_map: symbolMap, source_project: visibleText };
const selection = { selection_meta: selectionMeta };
const poolKeys = [
  'as_of_date',
  'version',
  'mode',
  'pool_size',
  'symbols',
  'symbol_map',
  'source_project',
] as const;

export const livePool = fc.record(
  { ...head, symbols, ...tail, ...selection },
  { requiredKeys: [...poolKeys] },
);
export const livePoolLegacy = fc.record(
  { ...head, symbols: symbolMap, ...tail, ...selection },
  { requiredKeys: [...poolKeys] },
);

const entry = (path: string) => fc.record({ path: fc.constant(path), sha256: sha256Text });
const artifacts = fc.record({
  latest_universe: entry('latest_universe.json'),
  latest_ranking: entry('latest_ranking.csv'),
  live_pool: entry('live_pool.json'),
  live_pool_legacy: entry('live_pool_legacy.json'),
});
const evidence = fc.record({
  strategy_profile: visibleText,
  mode,
  source_revision: revision,
  input_timestamp: asOfDate.map((day) => `${day}T00:00:00Z`),
  artifact_contract: visibleText,
  artifact_version: version,
  artifacts,
});
const withEvidence = <T extends object>(value: fc.Arbitrary<T>) =>
  fc
    .tuple(value, fc.option(evidence))
    .map(([known, identity]) =>
      identity === null ? known : { ...known, runtime_evidence_identity: identity },
    );

export const artifactManifest = withEvidence(
  fc.record({
    manifest_type: fc.constant('strategy_artifact'),
    contract_version: visibleText,
    strategy_profile: visibleText,
    artifact_type: fc.constant('live_pool'),
    artifact_name: visibleText,
    as_of_date: asOfDate,
    snapshot_as_of: asOfDate,
    version,
    mode,
    symbol_count: positive,
    symbols,
    source_project: visibleText,
    generated_at: timestamp,
    primary_artifact: fc.constant('live_pool'),
    artifacts,
  }),
);

const uri = mode.map((name) => `gs://bucket/root/${name}`);
const summary = {
  ...head,
  symbols,
  symbol_map: symbolMap,
  storage_prefix: uri,
  current_prefix: uri,
  live_pool_legacy_uri: uri,
  live_pool_uri: uri,
  artifact_manifest_uri: uri,
  latest_universe_uri: uri,
  latest_ranking_uri: uri,
  versioned_live_pool_legacy_uri: uri,
  versioned_artifact_manifest_uri: uri,
  artifact_contract_version: visibleText,
  generated_at: timestamp,
  source_project: visibleText,
  live_pool_legacy_exact_bytes: fc.record({
    contract_version: fc.constant('qsl.crypto_live_pool_legacy_exact_bytes.v1'),
    encoding: fc.constant('utf-8'),
    utf8_text: fc.string(),
  }),
};
export const firestorePayload = withEvidence(fc.record(summary));
export const firestoreDocument = withEvidence(fc.record({ ...summary, promotion_seq: positive }));

const places = fc.record({
  release_object: visibleText,
  current_object: visibleText,
  release_uri: uri,
  current_uri: uri,
});
export const releaseManifest = fc.record({
  version,
  mode,
  dry_run: fc.boolean(),
  publish_enabled: fc.boolean(),
  as_of_date: asOfDate,
  release_prefix: visibleText,
  current_prefix: visibleText,
  artifacts: fc.record({
    latest_universe: places,
    latest_ranking: places,
    live_pool: places,
    live_pool_legacy: places,
    artifact_manifest: places,
  }),
  firestore: fc.record({
    collection: visibleText,
    document: visibleText,
    payload: firestorePayload,
  }),
});
