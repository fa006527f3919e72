import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../../../shared/codec/bytes.js';
import type { Failure } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { ReleaseMaterialised } from '../../../shared/messages/release-materialised.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { readOptional } from '../../../shared/releases/read-referenced-object.js';
import { getOrThrow } from '../context.js';
import { releaseNotFound } from '../release/read-release.js';
import type { CommandTarget } from '../target/command-target.js';
import { messageToReplay } from './select-archived-message.js';

const FOLDER = 'events/release-materialised/';

/** An archived message with the bytes that were published. */
export interface ArchivedRelease {
  readonly message: ReleaseMaterialised;
  readonly bytes: Uint8Array;
}

const readAll = (objects: ObjectStore): TE.TaskEither<Failure, readonly ArchivedRelease[]> =>
  pipe(
    objects.list(FOLDER),
    TE.chain(
      TE.traverseArray(({ key }) =>
        pipe(
          readOptional(objects, key),
          TE.map((bytes) => bytes ?? new Uint8Array()),
          TE.chainEitherK((bytes) =>
            pipe(readJson(ReleaseMaterialised, key)(bytes), (decoded) =>
              decoded._tag === 'Left'
                ? decoded
                : { _tag: 'Right' as const, right: { message: decoded.right, bytes } },
            ),
          ),
        ),
      ),
    ),
  );

/** The archived message that announced a version. */
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
