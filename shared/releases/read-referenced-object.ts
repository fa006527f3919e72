import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import { ARTIFACT_FILE } from '../contract/constants.js';
import type { Release } from '../contract/release.js';
import type { ObjectReference } from '../messages/run-fields.js';
import { type BucketLocation, keyOfUri, releaseKey } from '../object-keys.js';
import type { ObjectStore } from '../ports/object-store.js';

/**
 * The bytes that a message refers to. Another bucket, a missing object or another checksum is a
 * permanent failure, because writers write before they publish.
 */
export const readReference = (
  objects: Pick<ObjectStore, 'read'>,
  location: BucketLocation,
  what: string,
  { uri, sha256: expected }: ObjectReference,
): TE.TaskEither<Failure, Uint8Array> => {
  const reject = (message: string) => permanent('malformed-input', `${what}: ${message}`);
  const key = keyOfUri(location, uri);
  if (key === undefined)
    return TE.left(
      reject(
        `expected an object under gs://${location.bucket}/${location.rootPrefix}/, got ${uri}`,
      ),
    );
  return pipe(
    objects.read(key),
    TE.chainEitherK(E.fromOption(() => reject(`expected an object at ${uri}, got nothing`))),
    TE.map(({ bytes }) => bytes),
    TE.filterOrElse(
      (bytes) => sha256(bytes) === expected,
      (bytes) => reject(`expected SHA-256 ${expected} at ${uri}, got ${sha256(bytes)}`),
    ),
  );
};

/** A reference to bytes under a key. */
export const referenceTo = (
  location: BucketLocation,
  key: string,
  bytes: Uint8Array,
): ObjectReference => ({
  uri: `gs://${location.bucket}/${location.rootPrefix}/${key}`,
  sha256: sha256(bytes),
});

/** A reference to a release's own manifest, under `releases/`. */
export const manifestReference = (
  location: BucketLocation,
  { version, files }: Pick<Release, 'version' | 'files'>,
): ObjectReference => {
  const file = ARTIFACT_FILE.artifact_manifest;
  return referenceTo(location, releaseKey(version, file), files[file]);
};

export const readOptional = (
  objects: Pick<ObjectStore, 'read'>,
  key: string,
): TE.TaskEither<Failure, Uint8Array | undefined> =>
  pipe(
    objects.read(key),
    TE.map(
      O.match(
        () => undefined,
        ({ bytes }) => bytes,
      ),
    ),
  );
