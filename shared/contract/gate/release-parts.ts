import { UnknownRecord } from 'io-ts';
import { textOfUtf8 } from '../../codec/bytes.js';
import { validFields } from '../../codec/exact-object.js';
import { ArtifactManifest, ManifestArtifacts } from '../artifact-manifest.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../constants.js';
import type { RankingRow } from '../latest-ranking.js';
import { LatestUniverse } from '../latest-universe.js';
import { LivePool, LivePoolLegacy } from '../live-pool.js';
import { type RankingReading, readRanking } from '../parse-ranking.js';
import type { PartialReleaseFiles } from '../release.js';
import type { Problem } from './problem.js';
import { malformed, NOT_UTF8, readJsonPart } from './read-json-artifact.js';

/** The valid parts of a release; each absent part is reported as a problem. */
export interface ReleaseParts {
  readonly universe: Partial<LatestUniverse>;
  readonly ranking: readonly Partial<RankingRow>[] | undefined;
  readonly livePool: Partial<LivePool>;
  readonly legacy: Partial<LivePoolLegacy>;
  readonly manifest: Partial<ArtifactManifest>;
  readonly checksums: Partial<ManifestArtifacts>;
  /** True if the manifest exists but does not identify the producer. */
  readonly anonymous: boolean;
}

export const missingFile = (file: string): Problem => ({
  code: 'missing-file',
  message: `${file}: expected this file, got nothing`,
});

const readRankingPart = (bytes: Uint8Array | undefined): RankingReading => {
  if (bytes === undefined) return { problems: [], rows: undefined };
  const text = textOfUtf8(bytes);
  return text === undefined ? { problems: [NOT_UTF8], rows: undefined } : readRanking(text);
};

/** Reads the valid parts of a release and reports problems for the rest. */
export const readReleaseParts = (
  files: PartialReleaseFiles,
): { readonly parts: ReleaseParts; readonly problems: readonly Problem[] } => {
  const missing = ARTIFACTS.map((name) => ARTIFACT_FILE[name])
    .filter((file) => files[file] === undefined)
    .map(missingFile);
  const file = ARTIFACT_FILE;
  const universe = readJsonPart(LatestUniverse, file.latest_universe, files[file.latest_universe]);
  const ranking = readRankingPart(files[file.latest_ranking]);
  const livePool = readJsonPart(LivePool, file.live_pool, files[file.live_pool]);
  const legacy = readJsonPart(LivePoolLegacy, file.live_pool_legacy, files[file.live_pool_legacy]);
  const manifest = readJsonPart(
    ArtifactManifest,
    file.artifact_manifest,
    files[file.artifact_manifest],
  );
  const rawManifest = UnknownRecord.is(manifest.raw) ? manifest.raw : undefined;
  return {
    parts: {
      universe: universe.sound,
      ranking: ranking.rows,
      livePool: livePool.sound,
      legacy: legacy.sound,
      manifest: manifest.sound,
      checksums: validFields(ManifestArtifacts, rawManifest?.artifacts),
      anonymous: rawManifest !== undefined && rawManifest.runtime_evidence_identity === undefined,
    },
    problems: [
      ...missing,
      ...universe.problems,
      ...ranking.problems.map((sentence) => malformed(file.latest_ranking, sentence)),
      ...livePool.problems,
      ...legacy.problems,
      ...manifest.problems,
    ],
  };
};
