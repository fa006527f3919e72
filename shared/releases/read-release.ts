import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../contract/bytes.js';
import { ARTIFACT_FILE, ARTIFACTS, PAYLOAD_ARTIFACTS } from '../contract/constants.js';
import { LivePool } from '../contract/live-pool.js';
import type { Version } from '../contract/primitives.js';
import { type GivenFiles, type Release, readRelease } from '../contract/release.js';
import { type Failure, permanent } from '../failure.js';
import { releaseKey } from '../layout.js';
import type { ObjectStore } from '../ports/object-store.js';
import type { LedgerEntry } from '../promotion/ledger.js';
import { readIfAny } from './read-reference.js';

/** The artifacts that lie under a prefix (ending in `/`), as far as they are there. */
export const readFiles = (
  objects: ObjectStore,
  prefix: string,
): TE.TaskEither<Failure, GivenFiles> =>
  pipe(
    ARTIFACTS,
    TE.traverseArray((name) =>
      pipe(
        readIfAny(objects, `${prefix}${ARTIFACT_FILE[name]}`),
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

/**
 * The release of a promotion, proven: its manifest is the one that the ledger names, and its files are
 * those that the manifest names. Anything else fails with `contract-invalid`: nobody may be shown it.
 */
export const readPromoted = (
  objects: ObjectStore,
  { seq, version, manifest_sha256 }: Pick<LedgerEntry, 'seq' | 'version' | 'manifest_sha256'>,
): TE.TaskEither<Failure, Release> =>
  pipe(
    readReleaseAt(objects, releaseKey(version, '')),
    TE.mapLeft((failure) =>
      failure.kind === 'permanent'
        ? { ...failure, message: `${releaseKey(version, '')}: ${failure.message}` }
        : failure,
    ),
    TE.filterOrElse(
      ({ sha256 }) => sha256.artifact_manifest === manifest_sha256,
      ({ sha256 }) =>
        permanent(
          'contract-invalid',
          `${releaseKey(version, ARTIFACT_FILE.artifact_manifest)}: expected SHA-256 ${manifest_sha256}, as promotion ${seq} has it, got ${sha256.artifact_manifest}`,
        ),
    ),
    TE.chainEitherK((release) => {
      const altered = PAYLOAD_ARTIFACTS.find(
        (name) => release.manifest.artifacts[name].sha256 !== release.sha256[name],
      );
      return altered === undefined
        ? E.right(release)
        : E.left(
            permanent(
              'contract-invalid',
              `${releaseKey(version, ARTIFACT_FILE[altered])}: expected SHA-256 ${release.manifest.artifacts[altered].sha256}, as the manifest has it, got ${release.sha256[altered]}`,
            ),
          );
    }),
  );

/** The pool of a release that has been promoted, and so must be there. */
export const readPool = (
  objects: ObjectStore,
  version: Version,
): TE.TaskEither<Failure, LivePool> => {
  const key = releaseKey(version, ARTIFACT_FILE.live_pool);
  return pipe(
    readIfAny(objects, key),
    TE.filterOrElse(
      (bytes): bytes is Uint8Array => bytes !== undefined,
      () => permanent('contract-invalid', `${key} is missing although ${version} was promoted`),
    ),
    TE.chainEitherK(readJson(LivePool, key)),
  );
};
