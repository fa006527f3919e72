import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../../../shared/codec/bytes.js';
import { type Failure, getOrThrow } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { ReleaseMaterialised } from '../../../shared/messages/release-materialised.js';
import type { ObjectInfo, ObjectStore } from '../../../shared/ports/object-store.js';
import { readOptional } from '../../../shared/releases/read-referenced-object.js';
import { releaseNotFound } from '../release/read-release.js';
import type { CommandTarget } from '../target/command-target.js';
import { messageToReplay } from './select-archived-message.js';

const FOLDER = 'events/release-materialised/';

/** An archived message and its published bytes. */
export interface ArchivedRelease {
  readonly message: ReleaseMaterialised;
  readonly bytes: Uint8Array;
}

const readArchived =
  (objects: ObjectStore) =>
  ({ key }: ObjectInfo): TE.TaskEither<Failure, ArchivedRelease> =>
    pipe(
      readOptional(objects, key),
      TE.map((bytes) => ({ bytes: bytes ?? new Uint8Array() })),
      TE.bind('message', ({ bytes }) => TE.fromEither(readJson(ReleaseMaterialised, key)(bytes))),
    );

const readAll = (objects: ObjectStore): TE.TaskEither<Failure, readonly ArchivedRelease[]> =>
  pipe(objects.list(FOLDER), TE.chain(TE.traverseArray(readArchived(objects))));

/** The archived release-materialised message of a version. */
export const findArchivedRelease = async (
  { objects, commandLine }: CommandTarget,
  version: Version,
): Promise<ArchivedRelease> => {
  const archived = getOrThrow(await readAll(objects)());
  const chosen = messageToReplay(
    archived.map(({ message }) => message),
    ({ payload }) => payload.version === version,
  );
  const found = archived.find(({ message }) => message === chosen);
  if (found === undefined)
    throw releaseNotFound(
      { commandLine },
      version,
      archived.map(({ message }) => message.payload.version),
    );
  return found;
};
