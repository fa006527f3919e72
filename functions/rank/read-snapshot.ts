import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, permanent } from '../../shared/failure.js';
import { type BucketLocation, keyOfUri } from '../../shared/layout.js';
import type { ObjectReference } from '../../shared/messages/run-facts.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import type { RankingJob } from '../../shared/ports/ranker.js';
import { readReference } from '../../shared/releases/read-reference.js';

type SnapshotObjects = Pick<RankingJob, 'manifest' | 'bars'>;

/** The two objects of a sealed snapshot: the manifest that the message names, the bars beside it. */
export const readSnapshot = (
  objects: ObjectStore,
  at: BucketLocation,
  reference: ObjectReference,
): TE.TaskEither<Failure, SnapshotObjects> =>
  pipe(
    TE.Do,
    TE.bind('manifest', () => readReference(objects, at, 'snapshot', reference)),
    TE.bind('bars', () => {
      const barsUri = reference.uri.replace(/manifest\.json$/, 'bars.f64');
      return pipe(
        objects.read(keyOfUri(at, barsUri) ?? ''),
        TE.chainEitherK(
          E.fromOption(() =>
            permanent('malformed-input', `snapshot: expected bars at ${barsUri}, got nothing`),
          ),
        ),
      );
    }),
    TE.map(({ manifest, bars }) => ({ manifest, bars: bars.bytes })),
  );
