import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { readJson, textOfUtf8 } from '../codec/bytes.js';
import { type Failure, permanent } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import type { Sha256, Version } from '../codec/primitives.js';
import { ArtifactManifest } from './artifact-manifest.js';
import {
  ARTIFACT_FILE,
  ARTIFACTS,
  type Artifact,
  type ArtifactFile,
  perArtifact,
} from './constants.js';
import { LivePool } from './live-pool.js';

/** The bytes of each of the five artifacts that exists. */
export type PartialReleaseFiles = Readonly<Partial<Record<ArtifactFile, Uint8Array>>>;
export type ReleaseFiles = Readonly<Record<ArtifactFile, Uint8Array>>;

/** A complete release: its bytes and the decoded fields that publishing needs. */
export interface Release {
  readonly version: Version;
  readonly files: ReleaseFiles;
  /** Computed from the bytes, never taken from the manifest. */
  readonly sha256: Readonly<Record<Artifact, Sha256>>;
  readonly manifest: ArtifactManifest;
  readonly livePool: LivePool;
  readonly legacyText: string;
}

const isComplete = (files: PartialReleaseFiles): files is ReleaseFiles =>
  ARTIFACTS.every((name) => files[ARTIFACT_FILE[name]] !== undefined);

/** Reads a release from its bytes. The gate checks whether its parts agree. */
export const readRelease = (files: PartialReleaseFiles): E.Either<Failure, Release> => {
  if (!isComplete(files)) {
    const missing = ARTIFACTS.map((name) => ARTIFACT_FILE[name]).filter((file) => !files[file]);
    const message = `A release needs five artifacts; missing: ${missing.join(', ')}`;
    return E.left(permanent('contract-invalid', message));
  }
  const legacyText = textOfUtf8(files['live_pool_legacy.json']);
  if (legacyText === undefined)
    return E.left(
      permanent('malformed-input', `${ARTIFACT_FILE.live_pool_legacy}: expected UTF-8 text`),
    );
  return pipe(
    E.Do,
    E.apS(
      'manifest',
      readJson(ArtifactManifest, ARTIFACT_FILE.artifact_manifest)(files['artifact_manifest.json']),
    ),
    E.apS('livePool', readJson(LivePool, ARTIFACT_FILE.live_pool)(files['live_pool.json'])),
    E.map(({ manifest, livePool }) => ({
      version: manifest.version,
      files,
      sha256: perArtifact((name) => sha256(files[ARTIFACT_FILE[name]])),
      manifest,
      livePool,
      legacyText,
    })),
  );
};
