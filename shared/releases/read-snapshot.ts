import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../codec/failure.js';
import type { ObjectReference } from '../messages/run-fields.js';
import { type BucketLocation, keyOfUri } from '../object-keys.js';
import type { ObjectStore } from '../ports/object-store.js';
import { readReference } from './read-referenced-object.js';

export interface SnapshotObjects {
  readonly manifest: Uint8Array;
  readonly bars: Uint8Array;
}

/** The two objects of a snapshot: the manifest that the message names, and the bars beside it. */
export const readSnapshot = (
  objects: Pick<ObjectStore, 'read'>,
  location: BucketLocation,
  reference: ObjectReference,
): TE.TaskEither<Failure, SnapshotObjects> =>
  pipe(
    TE.Do,
    TE.bind('manifest', () => readReference(objects, location, 'snapshot', reference)),
    TE.bind('bars', () => {
      const barsUri = reference.uri.replace(/manifest\.json$/, 'bars.f64');
      return pipe(
        objects.read(keyOfUri(location, barsUri) ?? ''),
        TE.chainEitherK(
          E.fromOption(() =>
            permanent('malformed-input', `snapshot: expected bars at ${barsUri}, got nothing`),
          ),
        ),
      );
    }),
    TE.map(({ manifest, bars }) => ({ manifest, bars: bars.bytes })),
  );
