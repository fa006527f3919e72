import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../contract/bytes.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../contract/constants.js';
import { LivePool } from '../contract/live-pool.js';
import type { Version } from '../contract/primitives.js';
import { type GivenFiles, type Release, readRelease } from '../contract/release.js';
import { type Failure, permanent } from '../failure.js';
import { releaseKey } from '../layout.js';
import type { ObjectStore } from '../ports/object-store.js';
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
