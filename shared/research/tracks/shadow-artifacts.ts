import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { encodeJson } from '../../codec/bytes.js';
import { exactObject } from '../../codec/exact-object.js';
import type { Failure } from '../../codec/failure.js';
import {
  AsOfDate,
  Finite,
  Mode,
  PositiveInteger,
  SymbolUsdt,
  Text,
} from '../../codec/primitives.js';
import { ARTIFACT_FILE, RELEASE_MANIFEST_FILE } from '../../contract/constants.js';
import { RegimeName } from '../../contract/latest-ranking.js';
import { livePoolFields, livePoolLegacyFields, SelectionMeta } from '../../contract/live-pool.js';
import { isoDay } from '../../day.js';
import type { ShadowRelease } from './shadow-releases.js';
import type { ShadowTrack } from './shadow-tracks.js';
import { ShadowVersion, shadowVersionOf } from './shadow-version.js';

const trackFields = { profile: Text, source_track: Text, candidate_status: Text };
const shadowFields = {
  version: ShadowVersion,
  selection_meta: SelectionMeta,
  ...trackFields,
  activation_date: AsOfDate,
  expected_pool_size: PositiveInteger,
};

/** `live_pool.json` and `live_pool_legacy.json` of a shadow release. */
export const ShadowLivePool = exactObject('ShadowLivePool', { ...livePoolFields, ...shadowFields });
export const ShadowLivePoolLegacy = exactObject('ShadowLivePoolLegacy', {
  ...livePoolLegacyFields,
  ...shadowFields,
});

/** `release_manifest.json` of a shadow release; paths are relative to the folder of releases. */
const ShadowReleaseManifest = exactObject('ShadowReleaseManifest', {
  version: ShadowVersion,
  as_of_date: AsOfDate,
  activation_date: AsOfDate,
  mode: Mode,
  source_project: Text,
  pool_size: PositiveInteger,
  expected_pool_size: PositiveInteger,
  symbols: t.array(SymbolUsdt, 'array of SymbolUsdt'),
  ...trackFields,
  regime: RegimeName,
  regime_confidence: Finite,
  selection_meta_fields: t.array(t.string, 'array of string'),
  artifacts: exactObject('Paths', { live_pool: t.string, live_pool_legacy: t.string }),
});

/** The fields that all releases of a track share. */
export interface ShadowIdentity {
  readonly track: ShadowTrack;
  /** The published mode, even if the research ran in another universe. */
  readonly mode: Mode;
  readonly sourceProject: string;
  readonly poolSize: number;
}

export const shadowVersion = (release: ShadowRelease, { mode }: ShadowIdentity): ShadowVersion =>
  shadowVersionOf(release.asOf, mode);

/** The path of a release's files, relative to the folder of the track's releases. */
export const shadowPaths = (version: ShadowVersion) => ({
  live_pool: `${version}/${ARTIFACT_FILE.live_pool}`,
  live_pool_legacy: `${version}/${ARTIFACT_FILE.live_pool_legacy}`,
  release_manifest: `${version}/${RELEASE_MANIFEST_FILE}`,
});

/** The bytes of a release's files by their paths; NaN and invalid names are a failure. */
export const encodeShadowRelease = (
  release: ShadowRelease,
  identity: ShadowIdentity,
): E.Either<Failure, ReadonlyMap<string, Uint8Array>> => {
  const version = shadowVersion(release, identity);
  const paths = shadowPaths(version);
  const pool = livePoolOf(release, identity, version);
  const legacy = { ...pool, symbols: pool.symbol_map };
  return pipe(
    E.Do,
    E.apS('livePool', encodeJson(ShadowLivePool, paths.live_pool)(pool)),
    E.apS('legacy', encodeJson(ShadowLivePoolLegacy, paths.live_pool_legacy)(legacy)),
    E.apS(
      'manifest',
      encodeJson(
        ShadowReleaseManifest,
        paths.release_manifest,
      )(manifestOf(release, identity, version)),
    ),
    E.map(
      ({ livePool, legacy, manifest }) =>
        new Map([
          [paths.live_pool, livePool],
          [paths.live_pool_legacy, legacy],
          [paths.release_manifest, manifest],
        ]),
    ),
  );
};

const trackOf = ({ track }: ShadowIdentity) => ({
  profile: track.profile,
  source_track: track.sourceTrack,
  candidate_status: track.candidateStatus,
});

const livePoolOf = (release: ShadowRelease, identity: ShadowIdentity, version: ShadowVersion) => ({
  as_of_date: isoDay(release.asOf),
  version,
  mode: identity.mode,
  pool_size: release.pool.length,
  symbols: release.pool.map(({ symbol }) => symbol),
  symbol_map: Object.fromEntries(
    release.pool.map(({ symbol, baseAsset }) => [symbol, { base_asset: baseAsset }]),
  ),
  source_project: identity.sourceProject,
  selection_meta: Object.fromEntries(
    release.pool.map(({ symbol, finalScore, confidence, rank }) => [
      symbol,
      { final_score: finalScore, confidence, current_rank: rank },
    ]),
  ),
  ...trackOf(identity),
  activation_date: isoDay(release.activation),
  expected_pool_size: identity.poolSize,
});

const manifestOf = (release: ShadowRelease, identity: ShadowIdentity, version: ShadowVersion) => {
  const { live_pool, live_pool_legacy } = shadowPaths(version);
  return {
    version,
    as_of_date: isoDay(release.asOf),
    activation_date: isoDay(release.activation),
    mode: identity.mode,
    source_project: identity.sourceProject,
    pool_size: release.pool.length,
    expected_pool_size: identity.poolSize,
    symbols: release.pool.map(({ symbol }) => symbol),
    ...trackOf(identity),
    regime: release.regime.regime,
    regime_confidence: release.regime.confidence,
    selection_meta_fields: ['final_score', 'confidence', 'current_rank'],
    artifacts: { live_pool, live_pool_legacy },
  };
};
