import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../../shared/codec/bytes.js';
import type { Failure } from '../../shared/codec/failure.js';
import type { AsOfDate } from '../../shared/codec/primitives.js';
import { SnapshotManifest } from '../../shared/market-data/snapshot-manifest.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { readOptional } from '../../shared/releases/read-referenced-object.js';

const MANIFEST = /^snapshots\/(\d{4}-\d{2}-\d{2})\/[0-9a-f]{64}\/manifest\.json$/;

/**
 * The manifest of the newest snapshot with an earlier as-of day; of several on one day, the last by
 * name. A manifest that this version cannot decode counts as absent, because it is only used for a
 * comparison.
 */
export const previousSnapshot = (
  objects: ObjectStore,
  asOfDate: AsOfDate,
): TE.TaskEither<Failure, SnapshotManifest | undefined> =>
  pipe(
    objects.list('snapshots/'),
    TE.map((all) =>
      all.map(({ key }) => key).findLast((key) => (MANIFEST.exec(key)?.[1] ?? asOfDate) < asOfDate),
    ),
    TE.chain((key) => (key === undefined ? TE.right(undefined) : readOptional(objects, key))),
    TE.map((bytes) => {
      if (bytes === undefined) return undefined;
      const manifest = readJson(SnapshotManifest, 'snapshot manifest')(bytes);
      return E.isRight(manifest) ? manifest.right : undefined;
    }),
  );
