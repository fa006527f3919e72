import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../codec/bytes.js';
import { type Failure, permanent } from '../codec/failure.js';
import type { Version } from '../codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS, PAYLOAD_ARTIFACTS } from '../contract/constants.js';
import { LivePool } from '../contract/live-pool.js';
import { type PartialReleaseFiles, type Release, readRelease } from '../contract/release.js';
import { releaseKey } from '../object-keys.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { LedgerEntry } from '../promotion/ledger.js';
import { readOptional } from './read-referenced-object.js';

/** The artifacts that exist under a prefix (which ends in `/`). */
export const readFiles = (
  objects: ObjectStore,
  prefix: string,
): TE.TaskEither<Failure, PartialReleaseFiles> =>
  pipe(
    ARTIFACTS,
    TE.traverseArray((name) =>
      pipe(
        readOptional(objects, `${prefix}${ARTIFACT_FILE[name]}`),
        TE.map((bytes) => [ARTIFACT_FILE[name], bytes] as const),
      ),
    ),
    TE.map((files) => Object.fromEntries(files.filter(([, bytes]) => bytes !== undefined))),
  );

/** A complete release, or a permanent failure that names what is missing. */
export const readReleaseAt = (
  objects: ObjectStore,
  prefix: string,
): TE.TaskEither<Failure, Release> =>
  pipe(readFiles(objects, prefix), TE.chainEitherK(readRelease));

/** Rejects a release with a payload that does not match its manifest. */
const requireUnaltered = (release: Release): E.Either<Failure, Release> => {
  const { manifest, sha256, version } = release;
  const altered = PAYLOAD_ARTIFACTS.find(
    (name) => manifest.artifacts[name].sha256 !== sha256[name],
  );
  return altered === undefined
    ? E.right(release)
    : E.left(
        permanent(
          'contract-invalid',
          `${releaseKey(version, ARTIFACT_FILE[altered])} is altered: expected SHA-256 ${manifest.artifacts[altered].sha256}, as in the manifest, got ${sha256[altered]}`,
        ),
      );
};

/** Describes a manifest that differs from the one in its ledger entry. */
export const manifestProblem = (
  { version, sha256 }: Release,
  { seq, manifest_sha256 }: Pick<LedgerEntry, 'seq' | 'manifest_sha256'>,
): string | undefined =>
  sha256.artifact_manifest === manifest_sha256
    ? undefined
    : `${releaseKey(version, ARTIFACT_FILE.artifact_manifest)} is altered: expected SHA-256 ${manifest_sha256}, as in promotion ${seq}, got ${sha256.artifact_manifest}`;

/** Reads a release and verifies it against its manifest; permanent failures name its prefix. */
const readUnaltered = (objects: ObjectStore, version: Version): TE.TaskEither<Failure, Release> =>
  pipe(
    readReleaseAt(objects, releaseKey(version, '')),
    TE.mapLeft((failure) =>
      failure.kind === 'permanent'
        ? { ...failure, message: `${releaseKey(version, '')}: ${failure.message}` }
        : failure,
    ),
    TE.chainEitherK(requireUnaltered),
  );

/**
 * Reads the release of a promotion and verifies its manifest against the ledger and its files
 * against the manifest. Any difference fails with `contract-invalid`: the release must not be
 * published.
 */
export const readPromoted = (
  objects: ObjectStore,
  entry: Pick<LedgerEntry, 'seq' | 'version' | 'manifest_sha256'>,
): TE.TaskEither<Failure, Release> =>
  pipe(
    readUnaltered(objects, entry.version),
    TE.chainEitherK((release) => {
      const problem = manifestProblem(release, entry);
      return problem === undefined
        ? E.right(release)
        : E.left(permanent('contract-invalid', problem));
    }),
  );

/**
 * Reads a release by version and verifies it against its promotion, or, if it was never promoted,
 * against its own manifest alone.
 */
export const readVerified = (
  objects: ObjectStore,
  ledger: readonly LedgerEntry[],
  version: Version,
): TE.TaskEither<Failure, Release> => {
  const entry = ledger.find((promotion) => promotion.version === version);
  return entry === undefined ? readUnaltered(objects, version) : readPromoted(objects, entry);
};

/** The pool of a promoted release, which must exist. */
export const readPool = (
  objects: ObjectStore,
  version: Version,
): TE.TaskEither<Failure, LivePool> => {
  const key = releaseKey(version, ARTIFACT_FILE.live_pool);
  return pipe(
    readOptional(objects, key),
    TE.filterOrElse(
      (bytes): bytes is Uint8Array => bytes !== undefined,
      () => permanent('contract-invalid', `${key} is missing although ${version} was promoted`),
    ),
    TE.chainEitherK(readJson(LivePool, key)),
  );
};
