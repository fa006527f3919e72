import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { encodeJson } from '../codec/bytes.js';
import type { Failure } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import { dayStartOf, versionOf } from '../codec/primitives.js';
import { parseIsoDay } from '../day.js';
import { ArtifactManifest } from './artifact-manifest.js';
import type { ReleaseInput } from './build-release-input.js';
import {
  ARTIFACT_FILE,
  ARTIFACT_TYPE,
  artifactName,
  CONTRACT,
  MANIFEST_TYPE,
  type PayloadArtifact,
  perPayload,
} from './constants.js';
import { validateRelease } from './gate/gate.js';
import { verdictToEither } from './gate/problem.js';
import { encodeRanking } from './latest-ranking.js';
import { LatestUniverse } from './latest-universe.js';
import { LivePool, LivePoolLegacy } from './live-pool.js';
import { type Release, type ReleaseFiles, readRelease } from './release.js';

type Payload = Readonly<Record<PayloadArtifact, Uint8Array>>;

const rowsOf = ({ asOfDate, ranking, pool }: ReleaseInput) => {
  const chosen = new Set(pool.map(({ symbol }) => symbol));
  return ranking.map((ranked, index) => ({
    ...ranked,
    as_of_date: asOfDate,
    selected_flag: chosen.has(ranked.symbol),
    current_rank: ranked.final_score === null ? null : index + 1,
  }));
};

const selectionMetaOf = (input: ReleaseInput) => {
  const rows = new Map(rowsOf(input).map((row) => [row.symbol, row]));
  return Object.fromEntries(
    input.pool.map(({ symbol }) => {
      const row = rows.get(symbol);
      const { final_score, confidence, current_rank } = row ?? {};
      return [symbol, { final_score, confidence, current_rank }];
    }),
  );
};

const encodePayload = (input: ReleaseInput): E.Either<Failure, Payload> => {
  const { asOfDate, mode, pool, sourceProject } = input;
  const symbol_map = Object.fromEntries(
    pool.map(({ symbol, baseAsset }) => [symbol, { base_asset: baseAsset }]),
  );
  const livePool = {
    as_of_date: asOfDate,
    version: versionOf(asOfDate, mode),
    mode,
    pool_size: pool.length,
    symbols: pool.map(({ symbol }) => symbol),
    symbol_map,
    source_project: sourceProject,
    ...(input.selectionMeta === true ? { selection_meta: selectionMetaOf(input) } : {}),
  };
  const universe = { as_of_date: asOfDate, symbols: [...input.universe].sort() };
  return pipe(
    E.Do,
    E.apS('latest_universe', encodeJson(LatestUniverse, ARTIFACT_FILE.latest_universe)(universe)),
    E.apS('latest_ranking', encodeRanking(rowsOf(input))),
    E.apS('live_pool', encodeJson(LivePool, ARTIFACT_FILE.live_pool)(livePool)),
    E.apS(
      'live_pool_legacy',
      encodeJson(
        LivePoolLegacy,
        ARTIFACT_FILE.live_pool_legacy,
      )({ ...livePool, symbols: symbol_map }),
    ),
  );
};

const encodeManifest = (input: ReleaseInput, payload: Payload): E.Either<Failure, Uint8Array> => {
  const { asOfDate, mode, sourceRevision, contract = CONTRACT } = input;
  const version = versionOf(asOfDate, mode);
  const artifacts = perPayload((name) => ({
    path: ARTIFACT_FILE[name],
    sha256: sha256(payload[name]),
  }));
  const evidence = {
    strategy_profile: contract.strategyProfile,
    mode,
    source_revision: sourceRevision,
    input_timestamp: dayStartOf(asOfDate),
    artifact_contract: contract.contractVersion,
    artifact_version: version,
    artifacts,
  };
  return encodeJson(
    ArtifactManifest,
    ARTIFACT_FILE.artifact_manifest,
  )({
    manifest_type: MANIFEST_TYPE,
    contract_version: contract.contractVersion,
    strategy_profile: contract.strategyProfile,
    artifact_type: ARTIFACT_TYPE,
    artifact_name: artifactName(contract),
    as_of_date: asOfDate,
    snapshot_as_of: asOfDate,
    version,
    mode,
    symbol_count: input.pool.length,
    symbols: input.pool.map(({ symbol }) => symbol),
    source_project: input.sourceProject,
    generated_at: input.generatedAt,
    primary_artifact: ARTIFACT_TYPE,
    artifacts,
    ...(sourceRevision === undefined ? {} : { runtime_evidence_identity: evidence }),
  });
};

/** The release, if its content passes the gate. The caller checks pool size and age. */
const accepted = (input: ReleaseInput, files: ReleaseFiles): E.Either<Failure, Release> =>
  pipe(
    validateRelease(files, {
      today: parseIsoDay(input.asOfDate),
      expectedPoolSize: input.pool.length,
      contract: input.contract,
    }),
    verdictToEither,
    E.chain(() => readRelease(files)),
  );

/**
 * Encodes the five artifacts of a release. NaN, Infinity and other values outside the contract are
 * a permanent failure that names file and field, so no release is written whose content the gate
 * would reject.
 */
export const buildRelease = (input: ReleaseInput): E.Either<Failure, Release> =>
  pipe(
    E.Do,
    E.apS('payload', encodePayload(input)),
    E.bind('manifest', ({ payload }) => encodeManifest(input, payload)),
    E.chain(({ payload, manifest }) =>
      accepted(input, {
        [ARTIFACT_FILE.latest_universe]: payload.latest_universe,
        [ARTIFACT_FILE.latest_ranking]: payload.latest_ranking,
        [ARTIFACT_FILE.live_pool]: payload.live_pool,
        [ARTIFACT_FILE.live_pool_legacy]: payload.live_pool_legacy,
        [ARTIFACT_FILE.artifact_manifest]: manifest,
      }),
    ),
  );
