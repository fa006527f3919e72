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

/** The artifacts that lie under a prefix (ending in `/`), as far as they are there. */
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

/** A complete release, or a permanent failure that says what is missing. */
export const readReleaseAt = (
  objects: ObjectStore,
  prefix: string,
): TE.TaskEither<Failure, Release> =>
  pipe(readFiles(objects, prefix), TE.chainEitherK(readRelease));

/** The first payload that is not the one that the manifest names. */
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
          `${releaseKey(version, ARTIFACT_FILE[altered])} is altered: expected SHA-256 ${manifest.artifacts[altered].sha256}, as the manifest has it, got ${sha256[altered]}`,
        ),
      );
};

/** The manifest of a promotion is the one that its ledger entry names. */
export const manifestProblem = (
  { version, sha256 }: Release,
  { seq, manifest_sha256 }: Pick<LedgerEntry, 'seq' | 'manifest_sha256'>,
): string | undefined =>
  sha256.artifact_manifest === manifest_sha256
    ? undefined
    : `${releaseKey(version, ARTIFACT_FILE.artifact_manifest)} is altered: expected SHA-256 ${manifest_sha256}, as promotion ${seq} has it, got ${sha256.artifact_manifest}`;

/** A release whose files are those that its manifest names; permanent failures say where it lies. */
const readIntact = (objects: ObjectStore, version: Version): TE.TaskEither<Failure, Release> =>
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
 * The release of a promotion, proven: its manifest is the one that the ledger names, and its files are
 * those that the manifest names. Anything else fails with `contract-invalid`: nobody may be shown it.
 */
export const readPromoted = (
  objects: ObjectStore,
  entry: Pick<LedgerEntry, 'seq' | 'version' | 'manifest_sha256'>,
): TE.TaskEither<Failure, Release> =>
  pipe(
    readIntact(objects, entry.version),
    TE.chainEitherK((release) => {
      const problem = manifestProblem(release, entry);
      return problem === undefined
        ? E.right(release)
        : E.left(permanent('contract-invalid', problem));
    }),
  );

/**
 * A release that somebody has named, as far as it can be proven: held against its promotion where it
 * has one, else against its own manifest alone.
 */
export const readVerified = (
  objects: ObjectStore,
  ledger: readonly LedgerEntry[],
  version: Version,
): TE.TaskEither<Failure, Release> => {
  const entry = ledger.find((one) => one.version === version);
  return entry === undefined ? readIntact(objects, version) : readPromoted(objects, entry);
};

/** The pool of a release that has been promoted, and so must be there. */
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
